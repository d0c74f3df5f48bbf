import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { Interval } from "../../ui/Interval.tsx";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { spoken } from "../explore/saying.ts";
import { shown } from "./effect_option.ts";
import styles from "./improve.module.css";
import { type Effect, effectQuery } from "./queries.ts";

const EffectChart = lazy(async () => ({ default: (await import("./EffectChart.tsx")).EffectChart }));
const SIDES = { helped: "above", harmed: "below", undecided: undefined, refused: undefined } as const;
/** Keys of sentences that say how it is known; the others are the answer. */
const HOW = /^effects\.(by|check|caveat|of_|cut|\w+_any_time)/;

/** What an improvement has changed: the answer, its picture, and how it is known. */
export function EffectView({ number }: { number: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error } = useQuery(effectQuery(number));
  if (error !== null) return <ProblemNote error={error} />;
  if (data === undefined) return <Rows n={4} height={28} />;
  const answer = data.words.filter((one) => !HOW.test(one.key));
  const how = data.words.filter((one) => HOW.test(one.key));
  return (
    <section className={styles.measured} aria-label={t("effect.title")}>
      <h3>{t("effect.title")}</h3>
      {data.verdict !== "refused" && <Limits effect={data} />}
      {answer.map((one) => (
        <p key={one.key} className="num">
          {spoken(t, formats, one)}
        </p>
      ))}
      {shown(data.series).length > 1 && (
        <Suspense fallback={<Rows n={1} height={160} />}>
          <EffectChart effect={data} number={number} />
        </Suspense>
      )}
      {how.length > 0 && (
        <details className={styles.how}>
          <summary>{t("effect.how")}</summary>
          <ul>
            {how.map((one) => (
              <li key={one.key} className="num" data-failed={one.key.endsWith("_failed") || undefined}>
                {spoken(t, formats, one)}
              </li>
            ))}
          </ul>
          {data.weights.length > 0 && (
            <p className={`${styles.soft} num`}>
              {t("effect.weights", {
                units: data.weights
                  .slice(0, 5)
                  .map((one) => `${one.unit} ${formats.share(one.weight)}`)
                  .join(", "),
              })}
            </p>
          )}
        </details>
      )}
    </section>
  );
}

/** The estimate with its limits about 0. */
function Limits({ effect }: { effect: Effect }) {
  const low = effect.any_time_low ?? effect.low;
  const high = effect.any_time_high ?? effect.high;
  if (effect.estimate === null || low === null || high === null) return null;
  const reach = Math.max(Number.EPSILON, Math.abs(low), Math.abs(high));
  return (
    <Interval value={effect.estimate} low={low} high={high} reach={reach} side={SIDES[effect.verdict]} />
  );
}
