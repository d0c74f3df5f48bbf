import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTitle } from "../../../app/look.ts";
import { useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { GreyMap } from "../GreyMap.tsx";
import { CommandCard } from "./CommandCard.tsx";
import styles from "./first.module.css";
import { useDiscover } from "./use_discover.ts";
import { useEventCount } from "./use_event_count.ts";

/** The first screen of a workspace: what to do next, and the next step as soon as events are here. */
export function FirstMap() {
  const { t } = useTranslation();
  const events = useEventCount();
  const n = useFormats().count(events);
  useTitle(undefined);
  return (
    <main className={styles.page}>
      <GreyMap />
      {events > 0 ? <Found n={n} count={events} /> : <Lead />}
      <h2 className={styles.or}>{t("start.commands")}</h2>
      <div className={styles.cards}>
        <CommandCard name="import" lines={["desireline import events.csv"]} />
        <CommandCard name="send" lines={curl(window.location.origin)} />
        <CommandCard name="demo" lines={["desireline demo --port 0"]} />
      </div>
      <p role="status" className={styles.said}>
        {events > 0 ? t("welcome.ready", { n, count: events }) : ""}
      </p>
    </main>
  );
}

function Lead() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t("welcome.title")}</h1>
      <p className={styles.lead}>{t("start.offer")}</p>
      <Button renderRoot={(props) => <Link to="/start" {...props} />} size="sm" className={styles.button ?? ""}>
        {t("start.begin")}
      </Button>
    </>
  );
}

function Found({ n, count }: { n: string; count: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const discover = useDiscover();
  return (
    <>
      <h1 className="num">{t("welcome.ready", { n, count })}</h1>
      <p className={styles.lead}>{t("welcome.ready_text")}</p>
      <Button
        size="sm"
        disabled={discover.isPending}
        className={styles.button ?? ""}
        onClick={() =>
          discover.mutate(undefined, {
            onSuccess: ({ key }) => void navigate({ to: "/maps/$key", params: { key } }),
          })
        }
      >
        {t(discover.isPending ? "welcome.discovering" : "welcome.discover")}
      </Button>
      <Link to="/start" className={styles.other ?? ""}>
        {t("start.title")}
      </Link>
      <ProblemNote error={discover.error} />
    </>
  );
}

const curl = (address: string): string[] => [
  `curl ${address}/v1/events \\`,
  "  -H 'Content-Type: application/json' \\",
  `  -d '{"type": "page_viewed", "user_id": "anna"}'`,
];
