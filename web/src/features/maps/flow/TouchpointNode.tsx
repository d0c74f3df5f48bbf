import { Handle, type NodeProps, Position } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./flowview.module.css";
import type { GraphNode } from "./drawn.ts";

/** A touchpoint of the graph: its name, how many came, and how many start and end here. */
export function TouchpointNode({ data }: NodeProps) {
  const { column, starts, ends, upright } = data as unknown as GraphNode & { upright: boolean };
  const { formats, open } = useMap();
  const { t } = useTranslation();
  const said = [
    starts && t("flow.start_label", { n: formats.count(starts.journeys) }),
    ends && t("flow.end_label", { n: formats.count(ends.journeys) }),
  ].filter((text) => text !== null);
  return (
    <>
      <Handle
        type="target"
        position={upright ? Position.Top : Position.Left}
        className={styles.handle}
        isConnectable={false}
      />
      <button
        type="button"
        data-cell={`graph:${column.key}`}
        className={`${styles.node} nopan num`}
        style={{
          background: `var(--dl-stage-${column.tint})`,
          borderColor: `var(--dl-stage-mark-${column.tint})`,
        }}
        data-tip={[column.name, ...said].join("\n")}
        onClick={() => open(column.key)}
      >
        <b>{column.name}</b>
        <span>
          {formats.count(column.figures?.journeys ?? 0)} ·{" "}
          {formats.share(column.figures?.reach.share ?? null)}
        </span>
        {said.length > 0 && <span>{said.join(" · ")}</span>}
      </button>
      <Handle
        type="source"
        position={upright ? Position.Bottom : Position.Right}
        className={styles.handle}
        isConnectable={false}
      />
    </>
  );
}
