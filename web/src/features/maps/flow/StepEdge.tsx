import type { EdgeProps } from "@xyflow/react";
import { useMap } from "../state/map_context.ts";
import styles from "./flowview.module.css";
import { smoothPath } from "./graph_ports.ts";
import type { GraphEdge } from "./lay_graph.ts";

type Data = GraphEdge & { most: number; dim: boolean; tip: string; upright: boolean };

const WIDEST = 18;
const ARROW = 8;
const TWO_COLOURS = 2.5; // a thinner line has the colour of the larger part

/** A small triangle at the end of a path, along the way. */
function arrow(points: GraphEdge["points"], upright: boolean): string {
  const end = points.at(-1)!;
  const before = points.at(-2) ?? end;
  const angle = upright ? Math.atan2(end.y - before.y, 0) : Math.atan2(0, end.x - before.x);
  const corner = (turn: number): string =>
    `${end.x - ARROW * Math.cos(angle + turn)} ${end.y - ARROW * Math.sin(angle + turn)}`;
  return `M${end.x} ${end.y}L${corner(0.5)}L${corner(-0.5)}Z`;
}

/** A walked step: as wide as the crowd, coloured by what became of most of them. */
export function StepEdge({ data }: EdgeProps) {
  const { edge, points, label, most, dim, tip, upright } = data as unknown as Data;
  const { formats } = useMap();
  const width = Math.max(1.25, (edge.journeys / most) * WIDEST);
  const share = edge.journeys === 0 ? 0 : edge.with_outcome / edge.journeys;
  const path = (d: number): string => smoothPath(points, upright, d);
  return (
    <g className={dim ? styles.dim : styles.edge} data-step={data?.["id"] as string}>
      {width < TWO_COLOURS ? (
        <path
          d={path(0)}
          strokeWidth={width}
          className={share >= 0.5 ? styles.with : styles.without}
        />
      ) : (
        <>
          <path
            d={path(-(width * (1 - share)) / 2)}
            strokeWidth={width * share}
            className={styles.with}
          />
          <path
            d={path((width * share) / 2)}
            strokeWidth={width * (1 - share)}
            className={styles.without}
          />
        </>
      )}
      <path d={arrow(points, upright)} className={styles.arrow} />
      <path d={path(0)} strokeWidth={Math.max(12, width)} className={styles.hit} data-tip={tip} />
      {!dim && (
        <text x={label.x} y={label.y + 4} className={styles.label}>
          {formats.count(edge.journeys)}
        </text>
      )}
    </g>
  );
}
