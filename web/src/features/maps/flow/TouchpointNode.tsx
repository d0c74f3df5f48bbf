import type { Column } from "@desireline/map-core";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./flowview.module.css";

interface Data {
  column: Column | null;
  upright: boolean;
  start: boolean;
}

/** A touchpoint of the graph: its name, how many came, and its stage's tint. */
export function TouchpointNode({ data }: NodeProps) {
  const { column, upright, start } = data as unknown as Data;
  const { formats, open } = useMap();
  const { t } = useTranslation();
  return (
    <>
      <Handle type="target" position={upright ? Position.Top : Position.Left} className={styles.handle} isConnectable={false} />
      {column === null ? (
        <span className={styles.end}>{t(start ? "flow.start" : "flow.end")}</span>
      ) : (
        <button
          type="button"
          data-cell={`graph:${column.key}`}
          className={`${styles.node} nopan`}
          style={{ background: `var(--dl-stage-${column.tint})`, borderColor: `var(--dl-stage-mark-${column.tint})` }}
          onClick={() => open(column.key)}
        >
          <b>{column.name}</b>
          <span className="num">
            {formats.count(column.figures?.journeys ?? 0)} · {formats.share(column.figures?.reach.share ?? null)}
          </span>
        </button>
      )}
      <Handle type="source" position={upright ? Position.Bottom : Position.Right} className={styles.handle} isConnectable={false} />
    </>
  );
}
