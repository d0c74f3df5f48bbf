import { bandsOf, type JourneyMap, type Lane } from "@desireline/map-core";
import { Button } from "@mantine/core";
import { type RefObject, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../ui/Empty.tsx";
import { GreyMap } from "../../maps/GreyMap.tsx";
import { EmotionLane } from "../../maps/grid/EmotionLane.tsx";
import { FlowLane } from "../../maps/grid/FlowLane.tsx";
import { COLUMN, GridContext, useRange } from "../../maps/grid/grid_context.ts";
import { NUMBER_ROWS, NumberRow } from "../../maps/grid/NumberRow.tsx";
import { EvidenceLegend } from "../../maps/marks/EvidenceMark.tsx";
import { LookContext, MapContext } from "../../maps/state/map_context.ts";
import { useFigures } from "../draft/figures.tsx";
import { useDraft, useEditor } from "../draft/use_draft.ts";
import { AddLane, LaneKinds } from "./AddLane.tsx";
import styles from "./canvas.module.css";
import { CanvasContext, CanvasUi } from "./canvas_ui.ts";
import { DragLayer, DragWords } from "./DragLayer.tsx";
import { EditLane } from "./EditLane.tsx";
import { AddBox } from "./Floating.tsx";
import { PartMenu } from "./PartMenu.tsx";
import { StageRow } from "./StageRow.tsx";
import { END } from "./template.ts";
import { TouchpointRow } from "./TouchpointRow.tsx";
import { useCanvasKeys } from "./use_canvas_keys.ts";
import { useCanvasWalk } from "./use_canvas_walk.ts";
import { useDrag } from "./use_drag.ts";
import { useFigureScene } from "./use_figure_scene.ts";
import { useMarks } from "./use_marks.ts";

/** The draft as a map: figures above, then the lanes, everything changed where it stands. */
export function MapCanvas({ figures }: { figures: boolean }) {
  const { map } = useDraft();
  const editor = useEditor();
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { scene, look, columns } = useFigureScene(map, editor.selection);
  const [ui] = useState(() => new CanvasUi());
  const rows = useRows(map, figures);
  const named = useMemo(() => new Set(map.lanes.map((lane) => `lane-${lane.key}`)), [map.lanes]);
  const range = useRange(scroller, columns.length);
  const walk = useCanvasWalk(scroller, rows, named, columns);
  const keys = useCanvasKeys(editor, ui, walk.goTo);
  const drag = useDrag(scroller, ui, editor.actions, walk.goTo);
  const canvas = useMemo(
    () => ({ ui, may: editor.may, goTo: walk.goTo, drag }),
    [ui, editor.may, walk.goTo, drag],
  );
  const grid = useMemo(() => ({ range, shown: columns, stand: walk.stand }), [range, columns, walk.stand]);
  return (
    <MapContext value={scene}>
      <LookContext value={look}>
        <GridContext value={grid}>
          <CanvasContext value={canvas}>
            <div ref={scroller} className={styles.scroller} data-scroller>
              {columns.length === 0 ? (
                <NoStages onAdd={(element) => keys.add("touchpoint", element)} />
              ) : (
                <div
                  role="grid"
                  aria-label={t("canvas.label", { name: map.name })}
                  aria-colcount={columns.length + 2}
                  className={styles.grid}
                  tabIndex={-1}
                  style={{ width: (columns.length + 1) * COLUMN + END }}
                  onFocus={walk.onFocus}
                  onKeyDown={(event) => {
                    keys.onKeyDown(event);
                    walk.onKeyDown(event);
                  }}
                >
                  {bandsOf(columns)
                    .slice(1)
                    .map((band) => (
                      <i
                        key={band.key}
                        className={styles.border}
                        style={{ left: (band.first + 1) * COLUMN }}
                        aria-hidden
                      />
                    ))}
                  <StageRow />
                  <TouchpointRow />
                  {figures && <FlowLane />}
                  {(figures ? NUMBER_ROWS : FEW_ROWS).map((row) => (
                    <NumberRow key={row} row={row} />
                  ))}
                  {figures && <EmotionLane />}
                  <Lanes map={map} />
                  <DragLayer />
                </div>
              )}
              <div className={styles.foot}>
                {map.lanes.length === 0 && columns.length > 0 && (
                  <p className={styles.hint}>{t("canvas.no_lanes")}</p>
                )}
                <AddLane />
                <EvidenceLegend />
              </div>
              <Marks scroller={scroller} drawn={grid} show={walk.show} />
            </div>
            <DragWords />
            <AddBox />
            <PartMenu />
            <LaneKinds />
          </CanvasContext>
        </GridContext>
      </LookContext>
    </MapContext>
  );
}

const FEW_ROWS = ["reach", "outcome"] as const;

function useRows({ lanes }: JourneyMap, figures: boolean): string[] {
  return useMemo(
    () => [
      "stage",
      "touchpoint",
      ...(figures ? ["flow", ...NUMBER_ROWS, "emotion"] : FEW_ROWS),
      ...lanes.map((lane) => `lane-${lane.key}`),
    ],
    [lanes, figures],
  );
}

function Lanes({ map }: { map: JourneyMap }) {
  const { file } = useFigures();
  const actors = useMemo(() => new Map(map.actors.map((a) => [a.key, a.name])), [map.actors]);
  const filled = useMemo(() => {
    const known = file?.map.lanes.filter((lane) => lane.kind === "metric") ?? [];
    return new Map(known.map((lane) => [lane.key, lane]));
  }, [file]);
  const living = useCallback(
    (lane: Lane): Lane | null => {
      const found = lane.kind === "metric" ? filled.get(lane.key) : undefined;
      const more = Object.keys(found?.cells ?? {}).some((key) => lane.cells[key] === undefined);
      return found !== undefined && more ? found : null;
    },
    [filled],
  );
  return map.lanes.map((lane) => (
    <EditLane key={lane.key} lane={lane} living={living(lane)} actors={actors} />
  ));
}

interface MarksProps {
  scroller: RefObject<HTMLDivElement | null>;
  drawn: unknown;
  show: (cell: string) => void;
}

function Marks({ scroller, drawn, show }: MarksProps) {
  useMarks(scroller, drawn, show);
  return null;
}

function NoStages({ onAdd }: { onAdd: (element: Element) => void }) {
  const { t } = useTranslation();
  const { may } = useEditor();
  return (
    <Empty title={t("canvas.none")} text={t("canvas.none_text")} picture={<GreyMap />}>
      {may && <Button onClick={(event) => onAdd(event.currentTarget)}>{t("canvas.add_first")}</Button>}
    </Empty>
  );
}
