import { freshKey, type GrowNote, type JourneyMap, type MapChange, touchpointKeys } from "@desireline/map-core";

export type Note = JourneyMap["notes"][number];
export const COLOURS = ["yellow", "green", "blue", "pink"] as const;
export type Colour = (typeof COLOURS)[number];

/** Where notes lie, in pixels of the board. */
export const WIDTH = 184;
export const HEIGHT = 112;
export const STEP = 208;
const ROW = 136;
const ROWS = 4;
const EDGE = 16;

/** The first free place of the board: down a column, then the next column. */
export function freePlace(notes: Note[]): { x: number; y: number } {
  for (let at = 0; ; at += 1) {
    const place = { x: EDGE + Math.floor(at / ROWS) * STEP, y: EDGE + (at % ROWS) * ROW };
    const covers = (note: Note): boolean =>
      Math.abs(note.x - place.x) < WIDTH - 24 && Math.abs(note.y - place.y) < HEIGHT - 24;
    if (!notes.some(covers)) return place;
  }
}

/** How large the board must be so that every note lies on it, and one more beside. */
export const boardSize = (notes: Note[]): { width: number; height: number } => ({
  width: Math.max(0, ...notes.map((note) => note.x)) + WIDTH + STEP,
  height: Math.max(ROW * (ROWS - 1), ...notes.map((note) => note.y)) + HEIGHT + EDGE,
});

const firstLine = (text: string): string => text.split("\n")[0]!.trim();

export function addNote(map: JourneyMap, text: string, colour: Colour): MapChange {
  const key = freshKey(`note ${firstLine(text)}`, map.notes.map((note) => note.key));
  return { type: "add", part: "note", value: { key, text, colour, ...freePlace(map.notes) } };
}

/** A note goes to a place; not beyond the upper and the left edge. */
export function moveNote(note: Note, x: number, y: number): MapChange {
  const to = { x: Math.max(0, Math.round(x)), y: Math.max(0, Math.round(y)) };
  const set = (field: "x" | "y"): MapChange => ({
    type: "set",
    part: "note",
    key: note.key,
    field,
    value: to[field],
  });
  return { type: "all", changes: [set("x"), set("y")], label: "move" };
}

/** A note becomes the last touchpoint of a stage; `taken` are the keys that touchpoints have. */
export function growInto(note: Note, stage: string, taken: string[]): GrowNote {
  return { type: "grow_note", key: note.key, touchpoint: freshKey(firstLine(note.text), taken), stage };
}

/** Notes that lie over each other, the columns from left to right, each from top to bottom. */
export function columnsOf(notes: Note[]): Note[][] {
  const columns: Note[][] = [];
  for (const note of notes.toSorted((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    // A note begins a column where it lies beside, not over, the first of the one before.
    if (last !== undefined && note.x - last[0]!.x < WIDTH / 2) last.push(note);
    else columns.push([note]);
  }
  return columns.map((column) => column.toSorted((a, b) => a.y - b.y));
}

/**
 * The change that makes a map of the board: each column of notes becomes a stage, its notes the
 * touchpoints. Stages that are there stay. Null where there is no note.
 */
export function makeMap(map: JourneyMap, stageName: (n: number) => string): MapChange | null {
  if (map.notes.length === 0) return null;
  const stages = map.stages.map((stage) => stage.key);
  const taken = touchpointKeys(map);
  const changes: MapChange[] = [];
  for (const column of columnsOf(map.notes)) {
    const name = stageName(stages.length + 1);
    const stage = freshKey(name, stages);
    stages.push(stage);
    changes.push({ type: "add", part: "stage", value: { key: stage, name } });
    for (const note of column) {
      const grown = growInto(note, stage, taken);
      taken.push(grown.touchpoint);
      changes.push(grown);
    }
  }
  return { type: "all", changes, label: "make" };
}
