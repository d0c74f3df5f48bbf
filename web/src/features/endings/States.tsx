import { useTranslation } from "react-i18next";
import { localeOf, useFormats } from "../../app/formats.ts";
import { PersonsDoor } from "../explore/PersonsDoor.tsx";
import styles from "./endings.module.css";
import type { Result, State } from "./queries.ts";

const SHOWN_MONTHS = 12;

interface Props {
  found: Result;
  open: (state: State, title: string) => void;
}

/** Who is new, active, at risk, lapsed, won back, lost: now, and as the last months ended. */
export function States({ found, open }: Props) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const every = found.states.reduce((sum, one) => sum + one.count, 0);
  const days = found.rhythms.map((one) => one.silence_days);
  const risk = found.rhythms.map((one) => one.risk_days);
  const span = (values: number[]) =>
    [...new Set([Math.min(...values), Math.max(...values)])].map((n) => formats.count(n)).join("–");
  const months = found.months.slice(-SHOWN_MONTHS);
  const month = new Intl.DateTimeFormat(localeOf(i18n.language), { month: "short", timeZone: "UTC" });
  const most = Math.max(1, ...months.map((one) => active(one.states)));
  return (
    <section className={styles.part} aria-label={t("endings.states")}>
      <h2>{t("endings.states")}</h2>
      <p className={styles.soft}>
        {t("endings.states_text", { risk: span(risk), silence: span(days) })}
      </p>
      <ul className={`${styles.states} num`}>
        {found.states.map((one) => (
          <li key={one.state}>
            <PersonsDoor open={() => open(one.state, t(`endings.state_${one.state}`))}>
              <i data-state={one.state} aria-hidden />
              <b>{formats.count(one.count)}</b>
              <span>{t(`endings.state_${one.state}`)}</span>
              <small>{formats.share(every === 0 ? null : one.count / every)}</small>
            </PersonsDoor>
          </li>
        ))}
      </ul>
      <h3>{t("endings.months")}</h3>
      <p className={styles.soft}>{t("endings.months_text")}</p>
      <div className={styles.months} aria-hidden>
        {months.map((one) => (
          <div key={one.month}>
            <span className={styles.stack}>
              {one.states.filter(isHere).map(({ state, count }) => (
                <i key={state} data-state={state} style={{ height: `${(100 * count) / most}%` }} />
              ))}
            </span>
            <span>{month.format(new Date(one.month))}</span>
          </div>
        ))}
      </div>
      <Moves found={found} />
    </section>
  );
}

const isHere = ({ state }: { state: State }) => state !== "lapsed" && state !== "churned";
const active = (states: Result["states"]): number =>
  states.filter(isHere).reduce((sum, one) => sum + one.count, 0);

/** From the end of one month to the end of the next: rows are before, columns after. */
function Moves({ found }: { found: Result }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const last = found.moves.at(-1)?.month;
  if (last === undefined) return null;
  const moves = found.moves.filter((one) => one.month === last);
  const targets = found.states.map((one) => one.state);
  const sources = [null, ...targets].filter((from) => moves.some((one) => one.source === from));
  return (
    <details className={styles.known}>
      <summary>{t("endings.moves")}</summary>
      {/* What scrolls must be reached by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={styles.scroll} tabIndex={0} aria-label={t("endings.moves")}>
        <table className="num">
          <caption>{t("endings.moves_text")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("endings.before")}</th>
              {targets.map((to) => (
                <th key={to} scope="col">
                  {t(`endings.state_${to}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sources.map((from) => (
              <tr key={from ?? ""}>
                <th scope="row">{from === null ? t("endings.not_yet") : t(`endings.state_${from}`)}</th>
                {targets.map((to) => (
                  <td key={to}>
                    {formats.count(
                      moves.find((one) => one.source === from && one.target === to)?.count ?? 0,
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
