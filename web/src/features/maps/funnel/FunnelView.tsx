import type { FunnelStep } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./funnel.module.css";

/** How many get how far along the map, how long it takes, and what the others do instead. */
export function FunnelView() {
  const { file, column } = useMap();
  const { t } = useTranslation();
  const steps = file.figures.funnel;
  const byMilestones = steps.every((step) => column.get(step.key)?.touchpoint.milestone);
  if (steps.length === 0) return <p className={styles.none}>{t("funnel.none")}</p>;
  return (
    <section className={styles.view} aria-label={t("view.funnel")}>
      <p className={styles.lead}>
        {t(byMilestones ? "funnel.lead_milestones" : "funnel.lead", { first: steps[0]!.name })}
      </p>
      <ol className={styles.steps}>
        {steps.map((step, at) => (
          <Step
            key={step.key}
            step={step}
            first={steps[0]!}
            last={at === steps.length - 1}
            previous={steps[at - 1] ?? null}
          />
        ))}
      </ol>
    </section>
  );
}

interface StepProps {
  step: FunnelStep;
  first: FunnelStep;
  previous: FunnelStep | null;
  last: boolean;
}

function Step({ step, first, previous, last }: StepProps) {
  const { column, formats, open } = useMap();
  const { t } = useTranslation();
  const start = previous === null;
  const share = step.reached / Math.max(1, first.reached);
  const onward = formats.interval(step.share_of_previous);
  const whole = formats.interval(step.share_of_first);
  return (
    <li className={styles.step}>
      {!start && (
        <p className={`${styles.between} num`}>
          <b>{formats.share(step.share_of_previous.share)}</b>
          {t(onward === "" ? "funnel.of_previous_sure" : "funnel.of_previous", {
            interval: onward,
            n: formats.count(step.share_of_previous.n),
          })}
          {step.time_from_previous.p50 !== null && (
            <span>
              {t("funnel.time", {
                p50: formats.duration(step.time_from_previous.p50),
                p90: formats.duration(step.time_from_previous.p90),
              })}
            </span>
          )}
        </p>
      )}
      <div className={styles.row}>
        {column.has(step.key) ? (
          <button
            type="button"
            data-cell={`funnel:${step.key}`}
            className={styles.name}
            onClick={() => open(step.key)}
          >
            {step.name}
          </button>
        ) : (
          <span className={styles.name}>{step.name}</span>
        )}
        <div className={styles.track}>
          <span className={styles.bar} style={{ width: `${share * 100}%` }} />
          <span className={`${styles.count} num`}>
            <b>{formats.count(step.reached)}</b>
            {!start && (
              <span>
                {formats.share(step.share_of_first.share)}{" "}
                {t(whole === "" ? "funnel.of_first_sure" : "funnel.of_first", { interval: whole })}
              </span>
            )}
          </span>
        </div>
        {!last && (
          <Instead step={step} left={step.instead.reduce((sum, other) => sum + other.count, 0)} />
        )}
      </div>
    </li>
  );
}

/** What those who did not go on did instead. */
function Instead({ step, left }: { step: FunnelStep; left: number }) {
  const { formats, open, column } = useMap();
  const { t } = useTranslation();
  if (step.instead.length === 0) return <p className={styles.instead} />;
  return (
    <p className={`${styles.instead} num`}>
      <span>{t("funnel.instead", { n: formats.count(left), count: left })}</span>
      {step.instead.slice(0, 4).map((other) =>
        other.key !== null && column.has(other.key) ? (
          <button key={other.key} type="button" onClick={() => open(other.key!)}>
            {other.name} <b>{formats.count(other.count)}</b>
          </button>
        ) : (
          <span key={other.name}>
            {other.key === null ? t("funnel.nothing_more") : other.name}{" "}
            <b>{formats.count(other.count)}</b>
          </span>
        ),
      )}
    </p>
  );
}
