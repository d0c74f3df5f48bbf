import { useTranslation } from "react-i18next";
import { behind, useAnswer } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { questionOf } from "../question.ts";
import { Answered } from "./Answered.tsx";
import { Door } from "./Door.tsx";

const SHOWN = 12;

/** The ways that are walked, the most frequent first, and how many walk one of those above. */
export function VariantsAnswer() {
  const { t } = useTranslation();
  const { view, formats } = useExplored();
  const question = questionOf("variants", view)!;
  const asked = useAnswer("variants", question);
  return (
    <Answered asked={asked} analysis="variants" question={question}>
      {(result) => (
        <ol className={styles.variants}>
          {result.variants.map((one, at) => (
            <li key={at}>
              <span className={styles.variantNumbers}>
                <Door behind={behind("variants", question, { events: one.events }, one.events.join(" → "))}>
                  {formats.count(one.count)}
                </Door>
                <b className="num">{formats.share(one.share)}</b>
                <span className={`${styles.small} num`}>
                  {formats.interval({ ...one, n: result.cases })} · n {formats.count(result.cases)}
                </span>
                <span className={`${styles.soft} num`} title={t("explore.coverage_means")}>
                  {t("explore.coverage", { share: formats.share(one.coverage) })}
                </span>
                {one.outcome && (
                  <span className={`${styles.soft} num`}>
                    {t("explore.with_outcome", {
                      share: `${formats.share(one.outcome.share)} (${formats.interval(one.outcome)})`,
                    })}
                  </span>
                )}
              </span>
              <span className={styles.bar} aria-hidden>
                <i style={{ width: `${one.coverage * 100}%`, opacity: 0.3 }} />
                <i style={{ width: `${one.share * 100}%` }} />
              </span>
              <span className={styles.chain}>
                {one.events.slice(0, SHOWN).map((event, place) => (
                  <span key={place}>{event}</span>
                ))}
                {one.events.length > SHOWN && (
                  <em>{t("explore.more_steps", { count: one.events.length - SHOWN })}</em>
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Answered>
  );
}
