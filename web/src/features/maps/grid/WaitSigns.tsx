import type { Column, FlowEdge, FlowLayout, Range } from "@desireline/map-core";
import { useMap } from "../state/map_context.ts";
import styles from "./flow.module.css";
import { COLUMN } from "./grid_context.ts";

interface Props {
  layout: FlowLayout;
  flow: FlowEdge[];
  shown: Column[];
  range: Range;
  dim: Set<string> | null;
}

const LETTER = 6.2; // average width of a figure or letter at 12 px

/** How long people take from each touchpoint to the next one, as a sign on the way. */
export function WaitSigns({ layout, flow, shown, range, dim }: Props) {
  const { formats } = useMap();
  const wait = new Map(flow.map((e) => [`${e.from}>${e.to}`, e.wait.p50]));
  return (
    <>
      {shown.slice(range.first, range.last + 1).map((column, offset) => {
        const next = shown[range.first + offset + 1];
        const id = `${column.key}>${next?.key}`;
        const seconds = next?.index === column.index + 1 ? (wait.get(id) ?? null) : null;
        if (seconds === null || (dim !== null && !dim.has(id))) return null;
        const words = formats.duration(seconds);
        const width = words.length * LETTER + 16;
        const x = (range.first + offset + 1) * COLUMN;
        return (
          <g key={id} className={styles.sign}>
            <rect x={x - width / 2} y={layout.centre - 10} width={width} height={20} rx={10} />
            <text x={x} y={layout.centre + 4}>
              {words}
            </text>
          </g>
        );
      })}
    </>
  );
}
