import type { Column } from "@desireline/map-core";
import type { CSSProperties, ReactNode } from "react";
import { type Door, useMap } from "../state/map_context.ts";
import styles from "./grid.module.css";
import { useGrid } from "./grid_context.ts";

interface Props {
  row: string;
  at: number;
  column: Column;
  door: Door;
  label?: string;
  className?: string | undefined;
  style?: CSSProperties;
  header?: boolean;
  /** Called when the cell gets (true) and loses (false) the focus. */
  onStand?: (here: boolean) => void;
  children?: ReactNode;
}

/** One square of the map: a tab stop for the keyboard, and a door to the panel. */
export function GridCell({
  row,
  at,
  column,
  door,
  label,
  className,
  style,
  header,
  onStand,
  children,
}: Props) {
  const { open } = useMap();
  const { stand } = useGrid();
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is below
    <div
      role={header ? "columnheader" : "gridcell"}
      aria-colindex={at + 2}
      aria-label={label}
      data-cell={`${row}:${column.key}`}
      tabIndex={-1}
      className={`${styles.cell} ${className ?? ""}`}
      style={{ gridColumn: at + 2, ...style }}
      onFocus={() => {
        stand({ row, at });
        onStand?.(true);
      }}
      onBlur={() => onStand?.(false)}
      onClick={() => open(column.key, door)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target === event.currentTarget) open(column.key, door);
      }}
    >
      {children}
    </div>
  );
}
