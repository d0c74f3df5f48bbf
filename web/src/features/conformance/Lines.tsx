import type { JourneyMap } from "@desireline/map-core";
import { SegmentedControl } from "@mantine/core";
import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../api/client.ts";
import { useFormats } from "../../app/formats.ts";
import styles from "./conformance.module.css";
import { type Line, lineOf, pathOf, type Place, placesOf } from "./line.ts";
import type { Way } from "./queries.ts";

const WIDE = 1000;
const TALL = 40;
const THICK = 12;

interface Props {
  map: JourneyMap;
  found: Shapes["ConformanceResult"];
}

/** The frequent ways beside the paved one: where they stop, skip and go back, and their worth. */
export function Lines({ map, found }: Props) {
  const { t } = useTranslation();
  const places = useMemo(() => placesOf(map), [map]);
  const [which, choose] = useState<"desire_lines" | "ways">("desire_lines");
  const ways = found[which];
  const most = Math.max(1, ...ways.map((way) => way.journeys.count));
  return (
    <section className={styles.lines} aria-label={t("conformance.lines")}>
      <h2>{t("conformance.lines")}</h2>
      <p className={styles.soft}>{t("conformance.lines_text")}</p>
      <SegmentedControl
        size="xs"
        mt={8}
        aria-label={t("conformance.lines")}
        value={which}
        onChange={(to) => choose(to as "desire_lines" | "ways")}
        data={[
          { value: "desire_lines", label: t("conformance.which_beside") },
          { value: "ways", label: t("conformance.which_all") },
        ]}
      />
      <div className={styles.picture}>
        <Paved map={map} places={places} />
        {ways.length === 0 && <p className={styles.soft}>{t("conformance.no_lines")}</p>}
        <ol>
          {ways.map((way, at) => (
            <WayRow key={at} way={way} places={places} most={most} base={found.base} />
          ))}
        </ol>
      </div>
      <Legend />
    </section>
  );
}

const across =
  (n: number) =>
  (at: number): number =>
    ((at + 0.5) * WIDE) / n;

/** The way as it was drawn, stage by stage: a straight calm line. */
function Paved({ map, places }: { map: JourneyMap; places: Place[] }) {
  const { t } = useTranslation();
  const x = across(places.length);
  return (
    <div className={styles.paved}>
      <div className={styles.stages}>
        {map.stages.map((stage, at) => (
          <span
            key={stage.key}
            style={{ flexGrow: stage.touchpoints.length, background: `var(--dl-stage-${(at % 5) + 1})` }}
            data-tip={stage.name}
          >
            {stage.name}
          </span>
        ))}
      </div>
      <svg viewBox={`0 0 ${WIDE} 20`} preserveAspectRatio="none" aria-hidden>
        <line x1={x(0)} x2={x(places.length - 1)} y1={10} y2={10} className={styles.pavement} />
      </svg>
      <div className={styles.points}>
        {places.map((place, at) => (
          <i
            key={place.key}
            style={{ left: `${(x(at) / WIDE) * 100}%` }}
            data-required={place.required || undefined}
            data-tip={place.name}
          />
        ))}
      </div>
      <span className={styles.pavedName}>{t("conformance.paved")}</span>
    </div>
  );
}

interface RowProps {
  way: Way;
  places: Place[];
  most: number;
  base: Shapes["Share"] | null;
}

function WayRow({ way, places, most, base }: RowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const line = useMemo(() => lineOf(way, places), [way, places]);
  const x = across(places.length);
  const y = TALL - 14;
  const better = base !== null && way.outcome !== null && side(way.outcome, base);
  return (
    <li className={styles.way} data-cost={way.cost === 0 ? "none" : undefined}>
      <div className={styles.drawn} role="img" aria-label={told(line, places, t)}>
        <svg viewBox={`0 0 ${WIDE} ${TALL}`} preserveAspectRatio="none" aria-hidden>
          <path
            d={pathOf(line.stops, x, y)}
            strokeWidth={Math.max(1.5, (THICK * way.journeys.count) / most)}
            data-outcome={better || undefined}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {line.missed.map((at) => (
          <i
            key={`m${at}`}
            data-stop="missed"
            style={{ left: `${(x(at) / WIDE) * 100}%` }}
            data-tip={t("conformance.missed_at", { name: places[at]!.name })}
          />
        ))}
        {line.stops.map((stop, n) => (
          <i
            key={n}
            data-stop={stop.fits ? "fits" : "beside"}
            style={{ left: `${(x(stop.at) / WIDE) * 100}%` }}
            data-tip={places[stop.at]!.name}
          />
        ))}
      </div>
      <p className={`${styles.worth} num`}>
        <b>{t("bar.journeys", { n: formats.count(way.journeys.count), count: way.journeys.count })}</b>
        <span>{formats.share(way.journeys.share)}</span>
        {way.outcome !== null && (
          <span data-outcome={better || undefined} data-tip={formats.interval(way.outcome)}>
            {t("conformance.outcome", { share: formats.share(way.outcome.share) })}
          </span>
        )}
      </p>
    </li>
  );
}

/** Whether the outcome is surely above or below that of all. */
function side(outcome: Shapes["Share"], base: Shapes["Share"]): "above" | "below" | null {
  if (base.share === null || outcome.low === null || outcome.high === null) return null;
  if (outcome.low > base.share) return "above";
  return outcome.high < base.share ? "below" : null;
}

/** The way in words, for who cannot see it. */
function told(line: Line, places: Place[], t: TFunction): string {
  const names = line.stops.map(({ at, fits }) =>
    fits ? places[at]!.name : t("conformance.beside", { name: places[at]!.name }),
  );
  return names.length === 0 ? t("conformance.nowhere") : names.join(", ");
}

function Legend() {
  const { t } = useTranslation();
  return (
    <p className={styles.legend} aria-hidden>
      {(["fits", "beside", "missed"] as const).map((kind) => (
        <span key={kind}>
          <i data-stop={kind} />
          {t(`conformance.legend_${kind}`)}
        </span>
      ))}
      <span>
        <b data-outcome="above" />
        {t("conformance.legend_above")}
      </span>
      <span>
        <b data-outcome="below" />
        {t("conformance.legend_below")}
      </span>
    </p>
  );
}
