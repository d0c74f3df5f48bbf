import { type Lane } from "@desireline/map-core";
import { IconArrowsVertical } from "@tabler/icons-react";
import { Fragment, memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { EvidenceLegend } from "../marks/EvidenceMark.tsx";
import { COLUMN, useGrid } from "../grid/grid_context.ts";
import gridStyles from "../grid/grid.module.css";
import { GridCell } from "../grid/GridCell.tsx";
import { GridFrame } from "../grid/GridFrame.tsx";
import { LaneRow } from "../grid/LaneRow.tsx";
import { shownIn } from "../grid/shown_in.ts";
import { useMap } from "../state/map_context.ts";
import styles from "./blueprint.module.css";
import { CellWords } from "./CellWords.tsx";
import { crossings, LAYERS, type Layer, layersOf, LINES, says } from "./layers.ts";

/** The map as a service blueprint: who does what for each touchpoint, and who sees it. */
export function BlueprintGrid() {
  const { file } = useMap();
  const { t } = useTranslation();
  const layers = useMemo(() => layersOf(file.map), [file.map]);
  const rows = useMemo(
    () => [
      "touchpoint",
      ...LAYERS.flatMap((layer) => layers[layer].map((lane) => `blueprint-${lane.key}`)),
    ],
    [layers],
  );
  return (
    <GridFrame
      label={t("blueprint.label", { name: file.map.name })}
      rows={rows}
      foot={<EvidenceLegend />}
    >
      {LAYERS.map((layer) => (
        <Fragment key={layer}>
          {LINES[layer] !== null && <Line layers={layers} layer={layer} />}
          {layers[layer].map((lane) => (
            <BlueprintLane key={lane.key} lane={lane} />
          ))}
          {layers[layer].length === 0 && layer !== "customer" && <Missing layer={layer} />}
        </Fragment>
      ))}
    </GridFrame>
  );
}

const BlueprintLane = memo(function BlueprintLane({ lane }: { lane: Lane }) {
  const { t } = useTranslation();
  const { range, shown } = useGrid();
  return (
    <LaneRow name={lane.name} className={gridStyles.meaning}>
      {shownIn(shown, range).map(({ column, at }) => {
        const cell = lane.cells[column.key];
        return (
          <GridCell
            key={column.key}
            row={`blueprint-${lane.key}`}
            at={at}
            column={column}
            door="top"
            {...(!says(cell) && { label: t("grid.empty") })}
            className={gridStyles.words}
          >
            {says(cell) && <CellWords lane={lane} cell={cell} />}
          </GridCell>
        );
      })}
    </LaneRow>
  );
});

/** A line of the blueprint, and where work goes over it. */
function Line({ layers, layer }: { layers: ReturnType<typeof layersOf>; layer: Layer }) {
  const { t } = useTranslation();
  const { range, shown } = useGrid();
  const keys = useMemo(() => shown.map((column) => column.key), [shown]);
  const crossed = crossings(layers, layer, keys);
  const line = LINES[layer];
  return (
    <div
      role="row"
      className={styles.line}
      data-line={line}
      style={{ gridTemplateColumns: `${COLUMN}px repeat(${shown.length}, ${COLUMN}px)` }}
    >
      <div role="rowheader" className={styles.lineName} data-tip={t(`blueprint.${line}_means`)}>
        {t(`blueprint.${line}`)}
      </div>
      {shownIn(shown, range).map(({ column, at }) => (
        <div
          key={column.key}
          role="gridcell"
          aria-colindex={at + 2}
          className={styles.crossing}
          style={{ gridColumn: at + 2 }}
        >
          {crossed.has(column.key) && (
            <IconArrowsVertical size={14} stroke={2} aria-label={t("blueprint.crossed")} />
          )}
        </div>
      ))}
    </div>
  );
}

/** A layer that nobody has drawn yet: what would stand here. */
function Missing({ layer }: { layer: Layer }) {
  const { t } = useTranslation();
  const { shown } = useGrid();
  return (
    <LaneRow name={t(`blueprint.${layer}`)} className={styles.missing}>
      <div role="gridcell" className={styles.teach} style={{ gridColumn: `2 / span ${shown.length}` }}>
        <p>{t(`blueprint.${layer}_none`)}</p>
      </div>
    </LaneRow>
  );
}
