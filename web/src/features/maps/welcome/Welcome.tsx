import type { LiveSource } from "@desireline/map-core";
import { Formats } from "@desireline/map-core";
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CommandCard } from "./CommandCard.tsx";
import { discover } from "./discover.ts";
import { GreyMap } from "../GreyMap.tsx";
import { useEventCount } from "./use_event_count.ts";
import styles from "./Welcome.module.css";

/** The first screen of a workspace: what to do next, and the next step as soon as events are here. */
export function Welcome({ live, address }: { live: LiveSource; address: string }) {
  const { t, i18n } = useTranslation();
  const formats = useMemo(() => new Formats(navigator.language, i18n.language), [i18n.language]);
  const events = useEventCount(live);
  return (
    <main className={styles.page}>
      <GreyMap />
      {events > 0 ? <Found n={formats.count(events)} count={events} /> : <Lead />}
      <div className={styles.cards}>
        <CommandCard name="import" lines={importing(live)} />
        <CommandCard name="send" lines={curl(address)} />
        <CommandCard name="demo" lines={["desireline demo --port 0"]} />
      </div>
      <p role="status" className={styles.said}>
        {events > 0 ? t("welcome.ready", { n: formats.count(events), count: events }) : ""}
      </p>
    </main>
  );
}

function Lead() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t("welcome.title")}</h1>
      <p className={styles.lead}>{t("welcome.lead")}</p>
    </>
  );
}

function Found({ n, count }: { n: string; count: number }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const go = async (): Promise<void> => {
    setBusy(true);
    setProblem("");
    try {
      window.location.assign(`/maps/${encodeURIComponent(await discover())}`);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <>
      <h1 className="num">{t("welcome.ready", { n, count })}</h1>
      <p className={styles.lead}>{t("welcome.ready_text")}</p>
      <Button size="sm" onClick={() => void go()} disabled={busy} className={styles.button ?? ""}>
        {t(busy ? "welcome.discovering" : "welcome.discover")}
      </Button>
      {problem !== "" && (
        <p role="alert" className={styles.problem}>
          {t("welcome.failed", { problem })}
        </p>
      )}
    </>
  );
}

const importing = ({ data }: LiveSource): string[] =>
  data === undefined
    ? ["desireline import events.csv"]
    : ["desireline import events.csv \\", `  --data ${data}`];

const curl = (address: string): string[] => [
  `curl ${address}/v1/events \\`,
  "  -H 'Content-Type: application/json' \\",
  `  -d '{"type": "page_viewed", "user_id": "anna"}'`,
];
