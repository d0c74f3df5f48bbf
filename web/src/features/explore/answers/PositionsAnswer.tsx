import { useTranslation } from "react-i18next";
import { behind, useAnswer } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { questionOf } from "../question.ts";
import { Answered } from "./Answered.tsx";
import { Door } from "./Door.tsx";
import { Told } from "./Told.tsx";

/** Who stands where, and since when. */
export function PositionsAnswer() {
  const { t } = useTranslation();
  const { view, formats } = useExplored();
  const question = questionOf("positions", view)!;
  const asked = useAnswer("positions", question);
  return (
    <Answered asked={asked} analysis="positions" question={question}>
      {(result) => {
        const most = Math.max(...result.positions.map((one) => one.open), 1);
        return (
          <div className={styles.scroll}>
            <table className={`${styles.table} num`}>
              <thead>
                <tr>
                  <th scope="col">{t("explore.stands_at")}</th>
                  <th scope="col">{t("explore.open")}</th>
                  <th scope="col" aria-hidden />
                  <th scope="col">{t("explore.share_of_open")}</th>
                  <th scope="col">{t("explore.since_half")}</th>
                  <th scope="col">{t("explore.since_tenth")}</th>
                </tr>
              </thead>
              <tbody>
                {result.positions.map((one) => (
                  <tr key={one.event}>
                    <th scope="row">{one.event}</th>
                    <td>
                      <Door behind={behind("positions", question, { event: one.event }, one.event)}>
                        {formats.count(one.open)}
                      </Door>
                    </td>
                    <td className={styles.barCell} aria-hidden>
                      <span className={styles.bar}>
                        <i style={{ width: `${(one.open / most) * 100}%` }} />
                      </span>
                    </td>
                    <td>
                      <Told share={one.share} />
                    </td>
                    <td>{formats.duration(one.open_since_seconds.p50)}</td>
                    <td>{formats.duration(one.open_since_seconds.p90)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      }}
    </Answered>
  );
}
