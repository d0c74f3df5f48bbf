import type { EdgeProps } from "@xyflow/react";
import { useMap } from "../state/map_context.ts";
import styles from "./flowview.module.css";
import { type GraphEdge, lineWidth } from "./drawn.ts";

type Data = GraphEdge & { most: number; dim: boolean; tip: string };

const ARROW = 8;
const TWO_COLOURS = 2.5; // a thinner line has the colour of the larger part

/** A small triangle at the end of a path, along the way. */
function arrow({ points, heading }: GraphEdge): string {
  const end = points.at(-1)!;
  const corner = (turn: number): string =>
    `${end.x - ARROW * Math.cos(heading + turn)} ${end.y - ARROW * Math.sin(heading + turn)}`;
  return `M${end.x} ${end.y}L${corner(0.5)}L${corner(-0.5)}Z`;
}

/** A walked step: as wide as the crowd, coloured by what became of most of them. */
export function StepEdge({ data }: EdgeProps) {
  const drawn = data as unknown as Data;
  const { edge, path, label, most, dim, tip } = drawn;
  const { formats } = useMap();
  const width = lineWidth(edge.journeys, most);
  const share = edge.journeys === 0 ? 0 : edge.with_outcome / edge.journeys;
  return (
    <g className={dim ? styles.dim : styles.edge} data-step={drawn.id}>
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
      <path d={arrow(drawn)} className={styles.arrow} />
      <path d={path(0)} strokeWidth={Math.max(12, width)} className={styles.hit} data-tip={tip} />
      {!dim && (
        <text x={label.x} y={label.y + 4} className={styles.label}>
          {formats.count(edge.journeys)}
        </text>
      )}
    </g>
  );
}
