import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import styles from "./moments.module.css";
import type { Effect } from "./queries.ts";

/** How the verdict is known: every comparison with what speaks for it and against it. */
export function Known({ effects, strongest }: { effects: Effect[]; strongest: Effect }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const others = effects.filter((one) => one.quality !== strongest.quality);
  return (
    <details className={styles.known}>
      <summary>{t("moments.known")}</summary>
      <p>{t(`moments.chooser_${strongest.chooser}`)}</p>
      <table className="num">
        <thead>
          <tr>
            <th scope="col">{t("moments.compared")}</th>
            <th scope="col">n</th>
            <th scope="col">{t("moments.effect")}</th>
            <th scope="col">{t("moments.raw")}</th>
            <th scope="col">{t("moments.e_value")}</th>
            <th scope="col">{t("moments.alike")}</th>
            <th scope="col">{t("moments.verdict")}</th>
          </tr>
        </thead>
        <tbody>
          {[strongest, ...others].map((one) => (
            <tr key={one.quality}>
              <th scope="row">{t(`moments.quality_${one.quality}`)}</th>
              <td>{formats.count(one.n)}</td>
              <td>
                {t("moments.interval", {
                  difference: formats.signed(one.difference * 100),
                  low: formats.signed(one.low * 100),
                  high: formats.signed(one.high * 100),
                })}
              </td>
              <td>{formats.signed(one.raw * 100)}</td>
              <td>{formats.number(one.e_value_low)}</td>
              <td>{formats.count(one.worth)}</td>
              <td>{t(`moments.verdict_${one.verdict}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t("moments.horizon", { days: formats.number(strongest.horizon_days) })}</p>
      <p>{t("moments.method")}</p>
    </details>
  );
}
