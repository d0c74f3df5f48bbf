import type { JourneyMap } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import styles from "./endings.module.css";
import type { Result } from "./queries.ts";

const SHOWN = 20;

/** What goes with leaving, stage by stage: signs of who leaves, not why. */
export function Drivers({ map, found }: { map: JourneyMap; found: Result }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (found.drivers.length === 0) return null;
  const stages = new Map(map.stages.map((stage) => [stage.key, stage.name]));
  const points = new Map(map.stages.flatMap((s) => s.touchpoints.map((p) => [p.key, p.name])));
  return (
    <section className={styles.part}>
      <h2>{t("endings.drivers")}</h2>
      <p className={styles.soft}>{t("endings.drivers_text")}</p>
      {/* What scrolls must be reached by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={styles.scroll} tabIndex={0} aria-label={t("endings.drivers")}>
        <table className="num">
          <thead>
            <tr>
              <th scope="col">{t("endings.stage")}</th>
              <th scope="col">{t("endings.sign")}</th>
              <th scope="col">n</th>
              <th scope="col">{t("endings.leave")}</th>
              <th scope="col">{t("endings.of_all")}</th>
              <th scope="col">{t("endings.difference")}</th>
            </tr>
          </thead>
          <tbody>
            {found.drivers.slice(0, SHOWN).map((one) => (
              <tr key={`${one.stage} ${one.kind} ${one.name} ${one.value}`}>
                <td>{stages.get(one.stage) ?? one.stage}</td>
                <th scope="row">
                  {t(`endings.driver_${one.kind}`, {
                    name: points.get(one.name) ?? one.name,
                    value: one.value,
                  })}
                </th>
                <td>{formats.count(one.share.n)}</td>
                <td>{formats.share(one.share.share)}</td>
                <td>{formats.share(one.base.share)}</td>
                <td>
                  {t("endings.points", {
                    difference: formats.signed(one.difference * 100),
                    low: formats.signed(one.low * 100),
                    high: formats.signed(one.high * 100),
                  })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
