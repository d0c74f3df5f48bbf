import { isEmpty } from "./columns.ts";

/** Where the keyboard stands: a row, and a column; -1 is the name of the row. */
export interface Place {
  row: string;
  at: number;
}

/** The rows and columns over which one walks. */
export interface Ground {
  rows: string[];
  /** Keys of the columns. */
  keys: string[];
  /** For each column, the key of its stage. */
  stages: string[];
  /** Rows whose name can be stood on. */
  named: Set<string>;
}

const STEPS: Record<string, [down: number, right: number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Where a key leads; null for a key that leads nowhere. */
export function nextPlace(key: string, place: Place, ground: Ground): Place | null {
  const { rows, keys } = ground;
  if (key === "Home") return settled({ ...place, at: 0 }, ground);
  if (key === "End") return settled({ ...place, at: keys.length - 1 }, ground);
  const step = STEPS[key];
  if (step === undefined) return null;
  if (place.row === "stage" && step[1] !== 0) return settled(overStage(place.at, step[1], ground), ground);
  const row = rows[clamp(rows.indexOf(place.row) + step[0], 0, rows.length - 1)]!;
  let at = place.at + step[1];
  while (step[1] !== 0 && isHole({ row, at }, ground)) at += step[1];
  const off = at >= keys.length || isHole({ row, at }, ground);
  return settled(off ? place : { row, at }, ground);
}

/** A stage without touchpoints has a head, and nothing below it to stand on. */
function isHole({ row, at }: Place, { keys }: Ground): boolean {
  return row !== "stage" && row !== "touchpoint" && isEmpty(keys[at] ?? "");
}

/** The place nearest to it that is there. */
export function settled({ row, at }: Place, ground: Ground): Place {
  const { rows, keys, named } = ground;
  const there = rows.includes(row) ? row : rows[0]!;
  const place = { row: there, at: clamp(at, named.has(there) ? -1 : 0, keys.length - 1) };
  if (!isHole(place, ground)) return place;
  const solid = keys.flatMap((_, one) => (isHole({ row: there, at: one }, ground) ? [] : [one]));
  const nearest = solid.toSorted((a, b) => Math.abs(a - place.at) - Math.abs(b - place.at))[0];
  return nearest === undefined ? { row: "touchpoint", at: place.at } : { row: there, at: nearest };
}

/** The cell at a place, as `data-cell` names it. */
export function cellAt({ row, at }: Place, { keys, stages }: Ground): string {
  if (row === "stage") return `stage:${stages[at] ?? ""}`;
  return `${row}:${at < 0 ? "" : (keys[at] ?? "")}`;
}

/** The place of a cell. */
export function placeAt(cell: string, { keys, stages }: Ground): Place {
  const at = cell.indexOf(":");
  const [row, key] = [cell.slice(0, at), cell.slice(at + 1)];
  return { row, at: row === "stage" ? stages.indexOf(key) : key === "" ? -1 : keys.indexOf(key) };
}

function overStage(at: number, step: number, { stages }: Ground): Place {
  const here = stages[at];
  let next = at;
  while (next >= 0 && next < stages.length && stages[next] === here) next += step;
  if (next < 0 || next >= stages.length) return { row: "stage", at };
  return { row: "stage", at: stages.indexOf(stages[next]!) };
}
