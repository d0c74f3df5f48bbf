import type { JourneyMap } from "@desireline/map-core";
import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { bandOf, HIGH, pathOf, topOf, WIDE } from "./drawing.ts";
import styles from "./endings.module.css";
import type { Result } from "./queries.ts";

/** What comes after a step, and when: one curve for each end, with its interval. */
export function Curves({ map, found }: { map: JourneyMap; found: Result }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const usual = found.reasons.find((one) => one.phase === "keeping")?.place ?? found.places[0]?.key;
  const [chosen, choose] = useState<string | null>(null);
  const place =
    found.places.find((one) => one.key === (chosen ?? usual) && !one.is_stage) ?? found.places[0];
  if (place === undefined || place.curves.length === 0) return null;
  const names = map.stages.flatMap((stage) => stage.touchpoints.map((p) => ({ value: p.key, label: p.name })));
  const known = new Set(found.places.filter((one) => !one.is_stage).map((one) => one.key));
  const top = topOf(place.curves);
  const last = place.curves[0]?.points.at(-1)?.day ?? 0;
  return (
    <section className={styles.part} aria-label={t("endings.next")}>
      <h2>{t("endings.next")}</h2>
      <p className={styles.soft}>{t("endings.next_text")}</p>
      <Select
        className={styles.choice ?? ""}
        label={t("endings.place")}
        data={names.filter((one) => known.has(one.value))}
        value={place.key}
        onChange={choose}
        allowDeselect={false}
        searchable
      />
      <div className={styles.plot} aria-hidden>
        <span className={styles.top}>{formats.share(top)}</span>
        <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none">
          {place.curves.map((curve) => (
            <g key={curve.kind} data-kind={curve.kind}>
              <path className={styles.band} d={bandOf(curve, top)} />
              <path className={styles.curve} d={pathOf(curve, top)} />
            </g>
          ))}
        </svg>
        <span className={styles.days}>
          <span>0</span>
          <span>{t("endings.days", { n: formats.count(last) })}</span>
        </span>
      </div>
      <ul className={`${styles.legend} num`}>
        {place.curves.map((curve) => {
          const end = curve.points.at(-1);
          return (
            end !== undefined && (
              <li key={curve.kind}>
                <i data-kind={curve.kind} aria-hidden />
                {t("endings.at_end", {
                  kind: t(`endings.kind_${curve.kind}`),
                  share: formats.share(end.share),
                  interval: formats.interval({ ...end, n: place.n, count: curve.events }),
                  days: formats.count(last),
                  n: formats.count(place.n),
                })}
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}
