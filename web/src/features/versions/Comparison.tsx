import type { MapFile } from "@desireline/map-core";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { countsOf, type Difference } from "./aligned.ts";
import { Parts } from "./Parts.tsx";
import { type Asked, differenceQuery, sideQuery } from "./queries.ts";
import type { Named } from "./sides.ts";
import { SideBySide } from "./SideBySide.tsx";
import { Sign } from "./Sign.tsx";
import styles from "./versions.module.css";

interface Props {
  mapKey: string;
  asked: Asked;
  view: "side" | "parts";
}

/** What two states differ in: in words, with signs, and with the figures of both. */
export function Comparison({ mapKey, asked, view }: Props) {
  const { t } = useTranslation();
  const differences = useQuery(differenceQuery(mapKey, asked));
  const before = useQuery(sideQuery(mapKey, asked.from));
  const after = useQuery(sideQuery(asked.other ?? mapKey, asked.to));
  const error = differences.error ?? before.error ?? after.error;
  if (error !== null) return <ProblemNote error={error} />;
  if (!differences.data || !before.data || !after.data) return <Rows />;
  const sides: Sides = {
    differences: differences.data,
    before: before.data,
    after: after.data,
    names: namesOf(asked, before.data, after.data, t),
  };
  return (
    <>
      <Summary {...sides} />
      {view === "side" ? <SideBySide {...sides} /> : <Parts {...sides} />}
    </>
  );
}

export interface Sides {
  differences: Difference[];
  before: MapFile;
  after: MapFile;
  /** What the sides are called. */
  names: [string, string];
}

/** Versions of one map by their numbers, two maps by their names. */
function namesOf(asked: Asked, before: MapFile, after: MapFile, t: TFunction): [string, string] {
  const state = (side: Named | null, { map }: MapFile): string =>
    side === "draft" ? t("versions.draft") : t("bar.version", { version: map.version });
  const [first, second] = [state(asked.from, before), state(asked.to, after)];
  if (asked.other === undefined) return [first, second];
  const told = ({ map }: MapFile, said: string): string =>
    `${map.name} (${t(`kind.${map.kind}`)}, ${said})`;
  return [told(before, first), told(after, second)];
}

/** How many differences, and what the change does to the whole. */
function Summary({ differences, before, after }: Sides) {
  const { t } = useTranslation();
  const formats = useFormats();
  const counts = countsOf(differences);
  const outcome = ({ figures }: MapFile): string => {
    const share = figures.outcome_base;
    if (share.share === null) return t("versions.no_outcome");
    const interval = formats.interval(share);
    const n = t("figure.of", { n: formats.count(share.n) });
    return `${formats.share(share.share)} (${[interval, n].filter(Boolean).join(", ")})`;
  };
  const mapped = ({ figures: { source } }: MapFile): string =>
    t("versions.mapped", {
      n: formats.count(source.mapped_events),
      all: formats.count(source.events),
    });
  return (
    <div className={styles.summary}>
      <p role="status">
        {differences.length === 0
          ? t("versions.alike")
          : t("versions.count", { n: formats.count(differences.length), count: differences.length })}
      </p>
      <ul className={styles.counts}>
        {counts.map(([what, count]) => (
          <li key={what} data-what={what}>
            <Sign what={what} />
            <span className="num">
              {formats.count(count)} {t(`versions.${what}`)}
            </span>
          </li>
        ))}
      </ul>
      <dl className="num">
        <Both name={t("figure.outcome")} before={outcome(before)} after={outcome(after)} />
        <Both name={t("versions.events")} before={mapped(before)} after={mapped(after)} />
      </dl>
    </div>
  );
}

function Both({ name, before, after }: { name: string; before: string; after: string }) {
  return (
    <div data-differs={before !== after || undefined}>
      <dt>{name}</dt>
      <dd>{before === after ? before : `${before} → ${after}`}</dd>
    </div>
  );
}
