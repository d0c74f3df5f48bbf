import type { EdgeProps } from "@xyflow/react";
import { useMap } from "../state/map_context.ts";
import styles from "./flowview.module.css";
import { type GraphEdge, smoothPath } from "./lay_graph.ts";

type Data = GraphEdge & { most: number; dim: boolean; tip: string };

const WIDEST = 14;
const ARROW = 7;

/** A small triangle at the end of a path that comes from another point. */
function arrow(points: GraphEdge["points"]): string {
  const end = points.at(-1)!;
  const before = points.at(-2) ?? end;
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const corner = (turn: number): string =>
    `${end.x - ARROW * Math.cos(angle + turn)} ${end.y - ARROW * Math.sin(angle + turn)}`;
  return `M${end.x} ${end.y}L${corner(0.5)}L${corner(-0.5)}Z`;
}

/** A walked step: as wide as the crowd, coloured by what became of most of them. */
export function StepEdge({ data }: EdgeProps) {
  const { edge, points, label, most, dim, tip } = data as unknown as Data;
  const { formats } = useMap();
  const width = Math.max(1.25, (edge.journeys / most) * WIDEST);
  const share = edge.journeys === 0 ? 0 : edge.with_outcome / edge.journeys;
  const path = smoothPath(points);
  return (
    <g className={dim ? styles.dim : styles.edge} data-step={data?.["id"] as string}>
      <path d={path} strokeWidth={width} className={styles.without} />
      <path d={path} strokeWidth={width * share} className={styles.with} />
      <path d={arrow(points)} className={styles.arrow} />
      <path d={path} strokeWidth={Math.max(12, width)} className={styles.hit} data-tip={tip} />
      {!dim && (
        <text x={label.x} y={label.y + 4} className={styles.label}>
          {formats.count(edge.journeys)}
        </text>
      )}
    </g>
  );
}
