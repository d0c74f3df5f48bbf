import { bandsOf, scrollToColumn } from "@desireline/map-core";
import { type RefObject, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { DataNotes } from "../marks/DataNotes.tsx";
import { EvidenceLegend } from "../marks/EvidenceMark.tsx";
import { useLook, useMap } from "../state/map_context.ts";
import { EmotionLane } from "./EmotionLane.tsx";
import { FlowLane } from "./FlowLane.tsx";
import styles from "./grid.module.css";
import { COLUMN, GridContext, useRange, useWalk } from "./grid_context.ts";
import { StageRow, TouchpointRow } from "./HeadRows.tsx";
import { MeaningLane } from "./MeaningLane.tsx";
import { NUMBER_ROWS, NumberRow } from "./NumberRow.tsx";

/** The map as designed: touchpoints as columns, lanes as rows. */
export function MapGrid() {
  const { file } = useMap();
  const { shown } = useLook();
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const lanes = file.map.lanes;
  const bands = useMemo(() => bandsOf(shown), [shown]);
  const rows = useMemo(
    () => [
      "touchpoint",
      "flow",
      ...NUMBER_ROWS,
      "emotion",
      ...lanes.map((lane) => `lane-${lane.key}`),
    ],
    [lanes],
  );
  const keys = useMemo(() => shown.map((c) => c.key), [shown]);
  const range = useRange(scroller, shown.length);
  useSight(scroller, keys);
  const { stand, onKeyDown } = useWalk(scroller, rows, keys);
  const grid = useMemo(() => ({ range, shown, stand }), [range, shown, stand]);
  return (
    <GridContext value={grid}>
      <div ref={scroller} className={styles.scroller} data-scroller>
        <div
          role="grid"
          aria-label={t("grid.label", { name: file.map.name })}
          aria-colcount={shown.length + 1}
          className={styles.grid}
          tabIndex={-1}
          style={{ width: (shown.length + 1) * COLUMN }}
          onKeyDown={onKeyDown}
        >
          {bands.slice(1).map((band) => (
            <i
              key={band.key}
              className={styles.border}
              style={{ left: (band.first + 1) * COLUMN }}
              aria-hidden
            />
          ))}
          <StageRow />
          <TouchpointRow />
          <FlowLane />
          {NUMBER_ROWS.map((row) => (
            <NumberRow key={row} row={row} />
          ))}
          <EmotionLane />
          {lanes.map((lane) => (
            <MeaningLane key={lane.key} lane={lane} />
          ))}
        </div>
        <div className={styles.foot}>
          {lanes.length > 0 && <EvidenceLegend />}
          <DataNotes />
        </div>
      </div>
    </GridContext>
  );
}

/** Brings the column of the open touchpoint into sight, beside the panel. */
function useSight(scroller: RefObject<HTMLElement | null>, keys: string[]): void {
  const { view } = useLook();
  useLayoutEffect(() => {
    const element = scroller.current;
    const at = view.open === null ? -1 : keys.indexOf(view.open);
    if (element === null || at < 0) return;
    const room = element.clientWidth - COLUMN;
    element.scrollTo({ left: scrollToColumn(at, COLUMN, element.scrollLeft, room) });
  }, [scroller, keys, view.open]);
}
