import {
  type Column,
  type Notable,
  type TouchpointFigures,
  waitScale,
  type WaitSpan,
} from "@desireline/map-core";
import { IconFlagFilled } from "@tabler/icons-react";
import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Fresh } from "../live/Fresh.tsx";
import { type Door, useMap } from "../state/map_context.ts";
import { besideShare } from "../state/share_words.ts";
import styles from "./grid.module.css";
import { useGrid } from "./grid_context.ts";
import { GridCell } from "./GridCell.tsx";
import { LaneRow } from "./LaneRow.tsx";
import styles2 from "./numbers.module.css";
import { shownIn } from "./shown_in.ts";

export const NUMBER_ROWS = ["reach", "persons", "wait", "exit", "loop", "outcome"] as const;
export type NumberRowName = (typeof NUMBER_ROWS)[number];

const DOORS: Record<NumberRowName, Door> = {
  reach: "journeys",
  persons: "journeys",
  wait: "waits",
  exit: "journeys",
  loop: "journeys",
  outcome: "outcome",
};

/** One figure over all touchpoints. */
export const NumberRow = memo(function NumberRow({ row }: { row: NumberRowName }) {
  const { range, shown } = useGrid();
  const { t } = useTranslation();
  return (
    <LaneRow
      name={t(`figure.${row}`)}
      tip={t(`figure.${row}_means`)}
      className={row === "reach" ? `${styles.number} ${styles.group}` : styles.number}
    >
      {shownIn(shown, range).map(({ column, at }) => (
        <GridCell
          key={column.key}
          row={row}
          at={at}
          column={column}
          door={DOORS[row]}
          className={styles2.cell}
        >
          <Figure row={row} column={column} />
        </GridCell>
      ))}
    </LaneRow>
  );
});

const Figure = memo(function Figure({ row, column }: { row: NumberRowName; column: Column }) {
  const { formats, notable, file } = useMap();
  const { t } = useTranslation();
  const spanOf = useMemo(
    () => waitScale(file.figures.touchpoints.map((f) => f.wait_before)),
    [file],
  );
  const f = column.figures;
  if (f === null) return <span className={styles2.none}>–</span>;
  const stands = notable.get(column.key)?.has(row as Notable) ?? false;
  const shares = { reach: f.reach, exit: f.exit, loop: f.loop, outcome: f.outcome };
  if (row === "persons") {
    return (
      <Line value={formats.count(f.persons)} small={f.journeys === f.persons ? "" : journeys(f)} />
    );
  }
  if (row === "wait") {
    if (f.wait_before.p50 === null) return <span className={styles2.none}>–</span>;
    return (
      <>
        <Line value={formats.duration(f.wait_before.p50)} stands={stands} small="" />
        <span className={styles2.small}>
          {t("figure.p90", { wait: formats.duration(f.wait_before.p90) })}
        </span>
        <WaitBar span={spanOf(f.wait_before)} />
      </>
    );
  }
  const share = shares[row];
  const small =
    row === "reach" || row === "outcome" ? besideShare(share, formats, t) : of(share.n);
  return (
    <>
      <Line value={formats.share(share.share)} small={small} stands={stands} />
      {row === "reach" && <Bar share={share.share} />}
      {row === "outcome" && <Bar share={share.share} base={f.outcome_base.share} />}
    </>
  );

  function of(n: number): string {
    return t("figure.of", { n: formats.count(n) });
  }
  function journeys(figures: TouchpointFigures): string {
    return t("figure.journeys_n", { n: formats.count(figures.journeys), count: figures.journeys });
  }
});

function Line({
  value,
  small,
  stands = false,
}: {
  value: string;
  small: string;
  stands?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <span className={styles2.line}>
      <span className={stands ? styles2.stands : styles2.value}>
        <Fresh>{value}</Fresh>
        {stands && (
          <span data-tip={t("figure.stands_means")} className={styles2.flag}>
            <IconFlagFilled size={12} role="img" aria-label={t("figure.stands")} />
          </span>
        )}
      </span>
      <span className={styles2.small}>{small}</span>
    </span>
  );
}

const percent = (share: number | null): string => `${(share ?? 0) * 100}%`;

function Bar({ share, base }: { share: number | null; base?: number | null }) {
  return (
    <span className={styles2.bar} aria-hidden>
      <span style={{ width: percent(share) }} />
      {base !== undefined && <i style={{ left: percent(base) }} />}
    </span>
  );
}

function WaitBar({ span }: { span: WaitSpan | null }) {
  if (span === null) return null;
  return (
    <span className={styles2.wait} aria-hidden>
      <span style={{ left: percent(span.from), width: percent(span.to - span.from) }} />
    </span>
  );
}
