import { bandsOf, scrollToColumn } from "@desireline/map-core";
import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef } from "react";
import { useLook } from "../state/map_context.ts";
import styles from "./grid.module.css";
import { COLUMN, GridContext, useRange, useWalk } from "./grid_context.ts";
import { StageRow, TouchpointRow } from "./HeadRows.tsx";

interface Props {
  label: string;
  /** The rows of cells in their order, for the arrow keys. */
  rows: string[];
  /** Rows below the names of stages and touchpoints. */
  children: ReactNode;
  /** What stands below the last row. */
  foot: ReactNode;
}

/** Touchpoints as columns under their stages; what the rows are, its children say. */
export function GridFrame({ label, rows, children, foot }: Props) {
  const { shown } = useLook();
  const scroller = useRef<HTMLDivElement>(null);
  const bands = useMemo(() => bandsOf(shown), [shown]);
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
          aria-label={label}
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
          {children}
        </div>
        <div className={styles.foot}>{foot}</div>
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
