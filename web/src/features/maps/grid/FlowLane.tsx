import { layFlow, litSteps, type Pointed } from "@desireline/map-core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { OutcomeKey } from "../marks/OutcomeKey.tsx";
import { RareSlider } from "../marks/RareSlider.tsx";
import { useLargest } from "../live/use_steady.ts";
import { useLook, useMap } from "../state/map_context.ts";
import styles from "./flow.module.css";
import { COLUMN, useGrid } from "./grid_context.ts";
import { GridCell } from "./GridCell.tsx";
import { LaneRow } from "./LaneRow.tsx";
import { Ribbons } from "./Ribbons.tsx";
import { shownIn } from "./shown_in.ts";
import { WaitSigns } from "./WaitSigns.tsx";

const SIZE = { column: COLUMN, bar: 64, beside: 120 };

/** The paved way, and what people walked: over it, under it, and off it. */
export function FlowLane() {
  const { file, open } = useMap();
  const { flow, lit } = useLook();
  const { range, shown } = useGrid();
  const { t } = useTranslation();
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const keys = useMemo(() => shown.map((c) => c.key), [shown]);
  const layout = useMemo(() => layFlow(flow, file.figures.flow, keys, SIZE), [flow, file, keys]);
  const height = useLargest(layout.height, keys.join(" "));
  const bright = useMemo(() => litSteps(pointed ?? lit, flow), [pointed, lit, flow]);
  const note = (
    <>
      <OutcomeKey />
      <RareSlider />
    </>
  );
  return (
    <LaneRow
      name={t("lane.flow")}
      tip={t("lane.flow_means")}
      note={note}
      height={height}
      className={styles.lane}
    >
      <div
        role="presentation"
        className={styles.ground}
        style={{ width: shown.length * COLUMN, height: layout.height }}
      >
        <svg
          width={shown.length * COLUMN}
          height={layout.height}
          aria-hidden
          onPointerLeave={() => setPointed(null)}
        >
          <line
            x1={0}
            x2={shown.length * COLUMN}
            y1={layout.centre}
            y2={layout.centre}
            className={styles.paved}
          />
          <Ribbons layout={layout} range={range} bright={bright} point={setPointed} />
          {layout.nodes.slice(range.first, range.last + 1).map((node) => (
            <g
              key={node.key}
              className={styles.node}
              onPointerEnter={() => setPointed({ kind: "touchpoint", key: node.key })}
              onClick={() => open(node.key)}
            >
              <rect
                x={node.x - 14}
                y={layout.centre - node.height / 2 - 8}
                width={28}
                height={node.height + 16}
                fill="transparent"
              />
              <rect
                x={node.x - 4}
                y={layout.centre - node.height / 2}
                width={8}
                height={node.height}
                rx={2}
                className={styles.bar}
              />
            </g>
          ))}
          <WaitSigns
            layout={layout}
            flow={file.figures.flow}
            shown={shown}
            range={range}
            dim={bright}
          />
        </svg>
      </div>
      {shownIn(shown, range).map(({ column, at }) => (
        <GridCell
          key={column.key}
          row="flow"
          at={at}
          column={column}
          door="neighbours"
          onStand={(here) => setPointed(here ? { kind: "touchpoint", key: column.key } : null)}
          className={styles.cell}
          label={t("lane.flow_cell", { name: column.name })}
        />
      ))}
    </LaneRow>
  );
}
