import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { behind, useAnswer } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { questionOf } from "../question.ts";
import { Answered } from "./Answered.tsx";
import { Door } from "./Door.tsx";

/** How many come from step to step, how long they take, and what those do who do not. */
export function FunnelAnswer() {
  const { t } = useTranslation();
  const { view } = useExplored();
  const question = questionOf("funnel", view);
  const asked = useAnswer("funnel", question);
  return (
    <Answered asked={asked} analysis="funnel" question={question} missing={question === null ? t("explore.needs_steps") : undefined}>
      {(result) => (
        <>
          <ol className={styles.funnel}>
            {result.steps.map((step, at) => (
              <Step key={at} step={step} at={at} question={question!} />
            ))}
          </ol>
          {result.groups.length > 0 && <Groups result={result} question={question!} />}
        </>
      )}
    </Answered>
  );
}

interface StepProps {
  step: Shapes["FunnelStep"];
  at: number;
  question: Shapes["FunnelQuestion"];
}

function Step({ step, at, question }: StepProps) {
  const { t } = useTranslation();
  const { formats } = useExplored();
  const share = step.share_of_first.share ?? 0;
  const reached = t("explore.reached", { name: step.name });
  const dropped = t("explore.dropped_after", { name: step.name });
  return (
    <li>
      <div className={styles.stepHead}>
        <b>{step.name}</b>
        <span className="num">
          <Door behind={behind("funnel", question, { step: at, did: "reached" }, reached)}>
            {formats.count(step.reached)}
          </Door>{" "}
          {formats.share(share)}
        </span>
      </div>
      <div className={styles.bar} aria-hidden>
        <i style={{ width: `${share * 100}%` }} />
      </div>
      {at > 0 && (
        <p className={`${styles.soft} num`}>
          {t("explore.of_previous", {
            share: formats.share(step.share_of_previous.share),
            interval: formats.interval(step.share_of_previous),
          })}
          {step.time_from_previous.p50 !== null &&
            ` · ${t("explore.half_within", { wait: formats.duration(step.time_from_previous.p50) })}`}
        </p>
      )}
      {step.dropped > 0 && (
        <p className={`${styles.lost} num`}>
          <Door behind={behind("funnel", question, { step: at, did: "dropped" }, dropped)}>
            {formats.count(step.dropped)}
          </Door>{" "}
          {t("explore.lost", { count: step.dropped })}
          {step.instead.length > 0 && ` ${t("explore.instead")} `}
          {step.instead
            .slice(0, 3)
            .map((one) => `${one.name ?? t("explore.nothing_more")} (${formats.count(one.count)})`)
            .join(", ")}
        </p>
      )}
    </li>
  );
}

interface GroupsProps {
  result: Shapes["FunnelResult"];
  question: Shapes["FunnelQuestion"];
}

function Groups({ result, question }: GroupsProps) {
  const { t } = useTranslation();
  const { formats } = useExplored();
  const last = result.steps.length - 1;
  return (
    <div className={styles.scroll}>
      <table className={`${styles.table} num`}>
        <thead>
          <tr>
            <th scope="col">{question.by}</th>
            {result.steps.map((step, at) => (
              <th scope="col" key={at}>
                {step.name}
              </th>
            ))}
            <th scope="col">{t("explore.converted")}</th>
          </tr>
        </thead>
        <tbody>
          {result.groups.map((group) => (
            <tr key={group.rest ? "rest" : String(group.value)}>
              <th scope="row">
                {group.rest ? t("explore.rest") : (group.value ?? t("explore.unknown"))}
              </th>
              {group.reached.map((n, at) => (
                <td key={at}>
                  {group.rest ? (
                    formats.count(n)
                  ) : (
                    <Door
                      behind={behind(
                        "funnel",
                        question,
                        { step: at, did: "reached", group: group.value },
                        `${result.steps[at]?.name ?? ""} · ${group.value ?? t("explore.unknown")}`,
                      )}
                    >
                      {formats.count(n)}
                    </Door>
                  )}
                </td>
              ))}
              <td data-last={last}>
                <b>{formats.share(group.converted.share)}</b>{" "}
                <span className={styles.soft}>{formats.interval(group.converted)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
