import { Formats } from "@desireline/map-core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Arriving } from "./Arriving.tsx";
import type { KnownSource, SeenSource } from "./api.ts";
import { Failed } from "./Failed.tsx";
import { SourceList } from "./SourceList.tsx";
import { Snippet } from "./Snippet.tsx";
import styles from "./sources.module.css";
import { useAsked } from "./use_asked.ts";

/** Who sends events, what comes in at this moment, and what could not be stored. */
export function SourcesPage({ address }: { address: string }) {
  const { t, i18n } = useTranslation();
  const formats = useMemo(() => new Formats(navigator.language, i18n.language), [i18n.language]);
  const known = useAsked<{ sources: KnownSource[] }>("/v1/sources");
  const seen = useAsked<{ sources: SeenSource[] }>("/v1/events/sources");
  const [key, setKey] = useState("");
  const names = (seen.told?.sources ?? []).map((one) => one.source);
  return (
    <main className={styles.page}>
      <header className={styles.bar}>
        <h1>{t("sources.title")}</h1>
        <a href="/">{t("sources.to_map")}</a>
      </header>
      {known.problem !== "" && (
        <p role="alert" className={styles.problem}>
          {known.problem}
        </p>
      )}
      <div className={styles.two}>
        <SourceList
          known={known.told?.sources ?? null}
          seen={seen.told?.sources ?? []}
          now={seen.at}
          formats={formats}
          made={(made) => {
            setKey(made);
            known.again();
          }}
        />
        <Snippet address={address} secret={key} />
      </div>
      <Arriving formats={formats} names={names} />
      <Failed formats={formats} replayed={seen.again} />
    </main>
  );
}
