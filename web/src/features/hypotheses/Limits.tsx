import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import styles from "./hypotheses.module.css";
import type { Hypothesis, Standing } from "./queries.ts";

/** The axis ends well behind the number, so that small shares are told apart. */
const reachOf = (one: Hypothesis, { share }: Standing): number =>
  Math.min(1, Math.max(one.number * 2, (share ?? 0) * 1.5, 0.1));

/** Where the share lies with its limits, and on which side of the number the claim holds. */
export function Limits({ one, standing }: { one: Hypothesis; standing: Standing }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const reach = reachOf(one, standing);
  const at = (share: number): string => `${(Math.min(share, reach) / reach) * 100}%`;
  const { low, high, share } = standing;
  const holds = one.claims === "at_least" ? { left: at(one.number), right: 0 } : { left: 0, width: at(one.number) };
  return (
    <div className={styles.limits} aria-hidden>
      <i className={styles.holds} style={holds} />
      <i className={styles.number} style={{ left: at(one.number) }} />
      <i className={styles.range} style={{ left: at(low), width: `calc(${at(high)} - ${at(low)})` }} />
      {share !== null && <i className={styles.dot} style={{ left: at(share) }} />}
      <span className="num" style={{ left: at(one.number) }}>
        {t(`hypotheses.${one.claims}`, { share: formats.share(one.number) })}
      </span>
    </div>
  );
}
