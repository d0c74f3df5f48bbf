import {
  calmStop,
  type Column,
  columnsOf,
  type Formats,
  type MapFile,
  type Notable,
  notableOf,
  type SliderStop,
  stopsOf,
} from "@desireline/map-core";

/** Everything about a map file that no click changes. */
export interface MapModel {
  file: MapFile;
  columns: Column[];
  column: Map<string, Column>;
  notable: Map<string, Set<Notable>>;
  stops: SliderStop[];
  calm: number; // position of the slider that a person finds
  calmLeast: number; // steps walked so often are shown there
}

/** More steps than this at once is a knot. */
const CALM_STEPS = 36;

export function modelOf(file: MapFile): MapModel {
  const columns = columnsOf(file);
  const stops = stopsOf(file.figures.flow);
  const most = Math.max(CALM_STEPS, columns.length * 2);
  const calm = calmStop(file.figures.flow, stops, most);
  return {
    file,
    columns,
    column: new Map(columns.map((c) => [c.key, c])),
    notable: notableOf(file.figures.touchpoints),
    stops,
    calm,
    calmLeast: stops[calm]?.least ?? 0,
  };
}

export type { Formats };
