import type { ReactNode } from "react";
import styles from "./grid.module.css";
import { COLUMN, useGrid } from "./grid_context.ts";

interface Props {
  name: ReactNode;
  tip?: string;
  note?: ReactNode;
  height?: number | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A lane: its name stays at the left, its cells follow the columns. */
export function LaneRow({ name, tip, note, height, className, children }: Props) {
  const { shown } = useGrid();
  return (
    <div
      role="row"
      className={`${styles.row} ${className ?? ""}`}
      style={{
        gridTemplateColumns: `${COLUMN}px repeat(${shown.length}, ${COLUMN}px)`,
        minHeight: height,
      }}
    >
      <div role="rowheader" className={styles.name} aria-colindex={1}>
        <span data-tip={tip}>{name}</span>
        {note}
      </div>
      {children}
    </div>
  );
}
