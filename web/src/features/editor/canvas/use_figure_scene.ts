import {
  type Column,
  type FlowEdge,
  type JourneyMap,
  type MapFile,
  shownFlow,
  START,
} from "@desireline/map-core";
import { useMemo, useState } from "react";
import { useFormats } from "../../../app/formats.ts";
import type { MapLook, MapScene } from "../../maps/state/map_context.ts";
import { modelOf } from "../../maps/state/map_model.ts";
import { useFigures } from "../draft/figures.tsx";
import type { SelectionStore } from "../draft/selection.ts";
import { editColumns, isEmpty } from "./columns.ts";
import { withoutFigures } from "./no_figures.ts";

const nothing = (): void => undefined;

/**
 * What the rows of figures read of the map page, made of the draft. It depends on stages and
 * figures alone, so that words in a cell draw none of them anew.
 */
export function useFigureScene(
  map: JourneyMap,
  { select }: SelectionStore,
): { scene: MapScene; look: MapLook; columns: Column[] } {
  const formats = useFormats();
  const { file: found } = useFigures();
  const [wanted, setWanted] = useState<number | null>(null);
  const { stages, name } = map;
  const file = useMemo<MapFile>(() => {
    const base = found ?? withoutFigures({ ...map, lanes: [] });
    return { ...base, map: { ...base.map, stages, name } };
    // oxlint-disable-next-line react/exhaustive-deps -- the rest of the map stands in no figure
  }, [found, stages, name]);
  const columns = useMemo(() => editColumns(stages, file.figures), [stages, file]);
  const scene = useMemo<MapScene>(
    () => ({
      ...modelOf(file),
      formats,
      change: (part) => {
        if (part.least !== undefined) setWanted(part.least);
      },
      setLit: nothing,
      open: (key) => select(isEmpty(key) ? { kind: "stage", key: key.trim() } : { kind: "touchpoint", key }),
      close: nothing,
    }),
    [file, formats, select],
  );
  const least = wanted ?? scene.calmLeast;
  const flow = useMemo<FlowEdge[]>(() => shownFlow(file.figures.flow, least), [file, least]);
  const look = useMemo<MapLook>(
    () => ({ view: { ...START, least: wanted }, shown: columns, flow, lit: null, door: "top" }),
    [columns, flow, wanted],
  );
  return { scene, look, columns };
}
