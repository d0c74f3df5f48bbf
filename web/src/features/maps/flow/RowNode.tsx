import type { NodeProps } from "@xyflow/react";
import { useMap } from "../state/map_context.ts";
import styles from "./flowview.module.css";
import { NODE, type RowName } from "./drawn.ts";

export const ROW = { width: 112, height: NODE.height };

/** Names of the stages of a row, each with the share of journeys that came there. */
export function RowNode({ data }: NodeProps) {
  const { stages } = data as unknown as RowName;
  const { file, formats } = useMap();
  const reach = new Map(file.figures.stages.map((s) => [s.key, s.reach.share]));
  return (
    <div className={`${styles.row} num`} data-tip={stages.map((s) => s.name).join("\n")}>
      {stages.map((stage) => (
        <p key={stage.key}>
          <b>{stage.name}</b> <span>{formats.share(reach.get(stage.key) ?? null)}</span>
        </p>
      ))}
    </div>
  );
}
