import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { Page } from "../../ui/Page.tsx";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Arriving } from "./Arriving.tsx";
import { Failed } from "./Failed.tsx";
import { seenQuery, sourcesQuery } from "./queries.ts";
import { SourceList } from "./SourceList.tsx";
import { Snippet } from "./Snippet.tsx";
import styles from "./sources.module.css";

/** Who sends events, what comes in at this moment, and what could not be stored. */
export function SourcesPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const known = useQuery(sourcesQuery);
  const seen = useQuery(seenQuery);
  const [key, setKey] = useState("");
  const again = (): void => void client.invalidateQueries({ queryKey: ["sources"] });
  return (
    <Page title={t("sources.title")} lead={t("sources.lead")}>
      <ProblemNote error={known.error ?? seen.error} />
      <div className={styles.two}>
        <SourceList
          known={known.data ?? null}
          seen={seen.data ?? []}
          now={new Date(seen.dataUpdatedAt).toISOString()}
          formats={formats}
          changed={again}
          made={(made) => {
            setKey(made);
            again();
          }}
        />
        <Snippet address={window.location.origin} secret={key} />
      </div>
      <Arriving formats={formats} names={(seen.data ?? []).map((one) => one.source)} />
      <Failed formats={formats} replayed={again} />
    </Page>
  );
}
