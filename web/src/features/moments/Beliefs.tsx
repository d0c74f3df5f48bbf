import { useTranslation } from "react-i18next";
import type { Shapes } from "../../api/client.ts";
import { useFormats } from "../../app/formats.ts";
import { spoken } from "../explore/saying.ts";
import { rowOf } from "../findings/rows.ts";
import styles from "./moments.module.css";
import type { Moment } from "./queries.ts";
import { dotsOf } from "./sorting.ts";

interface Props {
  moments: Moment[];
  reach: number;
  agreement: Shapes["RankAgreement"][];
}

/** What staff believe against what the log says: those in the corners are worth speaking about. */
export function Beliefs({ moments, reach, agreement }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const dots = dotsOf(moments, reach);
  const [all, ...departments] = agreement;
  const known = departments.filter((one) => one.rank !== null);
  return (
    <section className={styles.beliefs} aria-label={t("moments.beliefs")}>
      <h2>{t("moments.beliefs")}</h2>
      {all === undefined ? (
        <p className={styles.soft}>{t("moments.nobody_voted")}</p>
      ) : (
        all.words.map((one) => (
          <p key={one.key} className={`${styles.soft} num`}>
            {spoken(t, formats, one)}
          </p>
        ))
      )}
      {known.length > 0 && (
        <ul className={`${styles.departments} num`}>
          {known.map((one) => (
            <li key={one.department}>
              {t("moments.department", {
                name: one.department,
                rank: formats.number(one.rank),
                low: formats.number(one.low),
                high: formats.number(one.high),
              })}
            </li>
          ))}
        </ul>
      )}
      {dots.length > 1 && (
        <div className={styles.field}>
          <span className={styles.up}>{t("moments.axis_up")}</span>
          <div className={styles.plot}>
            <i className={styles.level} />
            {dots.map(({ moment, x, y }) => (
              <a
                key={moment.touchpoint}
                href={`#${rowOf("moment", "", moment.touchpoint)}`}
                className={styles.dot}
                data-verdict={moment.verdict}
                data-left={x > 0.6 || undefined}
                style={{ left: `${x * 100}%`, bottom: `${y * 100}%` }}
                data-tip={moment.name}
                aria-label={`${moment.name}: ${t(`moments.verdict_${moment.verdict}`)}`}
              >
                {(moment.nominated || moment.surprise) && <span>{moment.name}</span>}
              </a>
            ))}
          </div>
          <span className={styles.across}>{t("moments.axis_across")}</span>
        </div>
      )}
    </section>
  );
}
