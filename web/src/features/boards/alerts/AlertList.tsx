import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { Empty } from "../../../ui/Empty.tsx";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { sayProblem } from "../../../ui/say.tsx";
import { keptQuery } from "../../explore/kept/queries.ts";
import { ToQuestion } from "../../explore/kept/ToQuestion.tsx";
import { spoken } from "../../explore/saying.ts";
import { useMay } from "../../session/queries.ts";
import { type Alert, alertsQuery, targetsQuery, useChangeTarget, useSeen } from "../queries.ts";
import styles from "./alerts.module.css";

/** What happened, since when, whether it still is so, and the door to the figures. */
export function AlertList() {
  const { t } = useTranslation();
  const { data, error } = useQuery(alertsQuery);
  const may = useMay("comment");
  const seen = useSeen();
  if (data === undefined) return error === null ? <Rows n={3} height={72} /> : <ProblemNote error={error} />;
  const [newest] = data.alerts;
  if (newest === undefined)
    return (
      <Empty title={t("boards.no_alerts")} text={t("boards.no_alerts_text")}>
        <Link to="/dashboards">{t("boards.title")}</Link>
      </Empty>
    );
  return (
    <>
      {may && data.unseen > 0 && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => seen.mutate(newest.id, { onError: sayProblem })}
        >
          {t("boards.all_seen")}
        </Button>
      )}
      <ul className={styles.alerts}>
        {data.alerts.map((alert) => (
          <Row key={alert.id} alert={alert} may={may} />
        ))}
      </ul>
    </>
  );
}

function Row({ alert, may }: { alert: Alert; may: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: targets } = useQuery(targetsQuery);
  const change = useChangeTarget();
  const target = targets?.targets.find((one) => one.id === alert.target);
  return (
    <li data-unseen={alert.seen_at === null || undefined}>
      <p>
        {alert.seen_at === null && <i className={styles.dot} role="img" aria-label={t("boards.unseen")} />}
        {spoken(t, formats, alert.words)}
      </p>
      <p className={`${styles.soft} num`}>
        <span title={formats.moment(alert.at)}>{t("boards.happened", { ago: agoNow(formats, alert.at) })}</span>
        {" · "}
        {t(`boards.still_${alert.state}`)}
      </p>
      <p className={styles.ways}>
        <Door question={alert.question} />
        {may && target !== undefined && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => change.mutate({ target, said: { muted: !target.muted } }, { onError: sayProblem })}
          >
            {t(target.muted ? "boards.unmute" : "boards.mute")}
          </Button>
        )}
      </p>
    </li>
  );
}

/** The question whose answer it is about. */
function Door({ question }: { question: number }) {
  const { t } = useTranslation();
  const { data } = useQuery(keptQuery);
  const found = data?.questions.find((one) => one.id === question);
  if (found === undefined) return null;
  return <ToQuestion question={found.query}>{t("boards.to_figures")}</ToQuestion>;
}
