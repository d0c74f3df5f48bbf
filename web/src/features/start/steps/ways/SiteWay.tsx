import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../../api/client.ts";
import { ProblemNote } from "../../../../ui/ProblemNote.tsx";
import { useMay } from "../../../session/queries.ts";
import { Snippet } from "../../../sources/Snippet.tsx";
import styles from "../../start.module.css";
import type { Stepping } from "../stepping.ts";

const EVERY_MS = 2_000;

/** The tracker: a key for the site, the lines to paste, and word of the first event. */
export function SiteWay({ keeping: { plan, change } }: Stepping) {
  const { t } = useTranslation();
  const may = useMay("manage_sources");
  const [name, setName] = useState(plan.source ?? "website");
  const make = useMutation({
    mutationFn: () => told(api.POST("/v1/sources", { body: { name: name.trim() } })),
    onSuccess: (made) => change({ source: made.name }, true),
  });
  const source = plan.source ?? null;
  if (!may) return <p className={styles.note}>{t("start.site_ask")}</p>;
  return (
    <>
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextInput
          label={t("start.site_name")}
          value={name}
          required
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={make.isPending} disabled={name.trim() === ""}>
          {t("start.site_make")}
        </Button>
      </form>
      <ProblemNote error={make.error} />
      {source !== null && (
        <Snippet address={window.location.origin} secret={make.data?.write_key ?? ""} />
      )}
      <FirstEvent source={source} />
    </>
  );
}

/** Waits for the first event, and says so when it has come. */
function FirstEvent({ source }: { source: string | null }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ["events", "recent", source],
    queryFn: ({ signal }) =>
      told(
        api.GET("/v1/events/recent", {
          params: { query: source === null ? { most: 1 } : { source: [source], most: 1 } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => ((state.data?.events.length ?? 0) > 0 ? false : EVERY_MS),
    refetchIntervalInBackground: true,
  });
  const first = data?.events[0];
  if (first === undefined && source === null) return null;
  return (
    <p role="status" className={styles.waiting} data-came={first !== undefined || undefined}>
      <i aria-hidden />
      {first === undefined ? t("start.waiting") : t("start.came", { type: first.type, source: first.source })}
    </p>
  );
}
