import type { MapFile, Touchpoint, TouchpointFigures } from "./types.ts";

/** A touchpoint as a column of the map: its place, its stage, and its figures. */
export interface Column {
  key: string;
  index: number; // place in the whole map, whatever the filter
  name: string;
  touchpoint: Touchpoint;
  figures: TouchpointFigures | null; // null: the file has no figures for it
  stage: string;
  stageName: string;
  tint: number; // 1..5, the stage's place in the ramp
}

export interface StageBand {
  key: string;
  name: string;
  tint: number;
  first: number; // place among the shown columns
  count: number;
}

const TINTS = 5;

export function columnsOf(file: MapFile): Column[] {
  const figures = new Map(file.figures.touchpoints.map((f) => [f.key, f]));
  const columns: Column[] = [];
  file.map.stages.forEach((stage, at) => {
    for (const touchpoint of stage.touchpoints) {
      columns.push({
        key: touchpoint.key,
        index: columns.length,
        name: touchpoint.name,
        touchpoint,
        figures: figures.get(touchpoint.key) ?? null,
        stage: stage.key,
        stageName: stage.name,
        tint: (at % TINTS) + 1,
      });
    }
  });
  return columns;
}

/** Columns whose name, key, channel or stage holds the words; all of them for no words. */
export function filterColumns(columns: Column[], words: string): Column[] {
  const wanted = words.trim().toLocaleLowerCase();
  if (wanted === "") return columns;
  return columns.filter((c) =>
    [c.name, c.key, c.stageName, c.touchpoint.channel ?? ""].some((text) =>
      text.toLocaleLowerCase().includes(wanted),
    ),
  );
}

/** Stages as runs over the shown columns. */
export function bandsOf(columns: Column[]): StageBand[] {
  const bands: StageBand[] = [];
  columns.forEach((c, at) => {
    const last = bands.at(-1);
    if (last?.key === c.stage) last.count += 1;
    else bands.push({ key: c.stage, name: c.stageName, tint: c.tint, first: at, count: 1 });
  });
  return bands;
}

export interface Range {
  first: number;
  last: number; // inclusive; last < first: nothing
}

/** Which columns lie in the window, with `spare` more at each side. */
export function visibleRange(
  scrolled: number,
  width: number,
  columnWidth: number,
  count: number,
  spare = 2,
): Range {
  const first = Math.max(0, Math.floor(scrolled / columnWidth) - spare);
  const last = Math.min(count - 1, Math.ceil((scrolled + width) / columnWidth) + spare);
  return { first, last };
}

/** Nearest scroll position that shows the whole column; the present one if it shows already. */
export function scrollToColumn(
  at: number,
  columnWidth: number,
  scrolled: number,
  width: number,
): number {
  const left = at * columnWidth;
  if (left < scrolled) return left;
  if (left + columnWidth > scrolled + width) return left + columnWidth - width;
  return scrolled;
}
