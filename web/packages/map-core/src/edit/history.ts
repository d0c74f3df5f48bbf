import type { JourneyMap } from "../types.ts";
import { applied, inverseOf, touchedBy } from "./apply.ts";
import { type MapChange, meeting, type Place, together } from "./changes.ts";
import { ChangeImpossible } from "./errors.ts";

/** One thing that was done, and what undoes it. */
export interface Step {
  change: MapChange;
  inverse: MapChange;
  touched: Place[];
  /** Steps of one group are undone as one: the letters of a cell, the way of one drag. */
  group: string | null;
}

/** A map with what was done to it here, and what was undone again. */
export interface History {
  map: JourneyMap;
  done: Step[];
  undone: Step[];
}

/** What was done, and the change that it made: to be sent. */
export interface Moved {
  history: History;
  change: MapChange;
}

export const KEPT_STEPS = 500;

export const historyOf = (map: JourneyMap): History => ({ map, done: [], undone: [] });

/** Makes a change. Steps of the same group that follow each other become one. */
export function did(history: History, change: MapChange, group: string | null = null): History {
  const { map, done } = history;
  const inverse = inverseOf(map, change);
  const step = { change, inverse, touched: touchedBy(map, change), group };
  const last = done.at(-1);
  const joins = group !== null && last?.group === group && history.undone.length === 0;
  const steps = joins ? [...done.slice(0, -1), joined(last!, step)] : [...done, step];
  return { map: applied(map, change), done: steps.slice(-KEPT_STEPS), undone: [] };
}

/** Takes the last step back; null where there is none. */
export const undo = (history: History): Moved | null => turned(history, "done");

/** Makes the last step that was taken back again; null where there is none. */
export const redo = (history: History): Moved | null => turned(history, "undone");

/**
 * Others have changed the map: it is now `map`, and they wrote `places`. Steps that wrote one of
 * these are forgotten here, so that taking them back cannot overwrite what others did since.
 */
export function heard(history: History, map: JourneyMap, places: Place[]): History {
  const apart = (step: Step): boolean => meeting(step.touched, places) === null;
  return { map, done: history.done.filter(apart), undone: history.undone.filter(apart) };
}

function turned(history: History, side: "done" | "undone"): Moved | null {
  let rest = history[side];
  while (rest.length > 0) {
    const step = rest.at(-1)!;
    rest = rest.slice(0, -1);
    const change = side === "done" ? step.inverse : step.change;
    const map = ifPossible(history.map, change);
    if (map === null) continue; // what it spoke of has gone
    const other = side === "done" ? "undone" : "done";
    const turnedTo = [...history[other], step];
    return { change, history: { ...history, map, [side]: rest, [other]: turnedTo } };
  }
  return null;
}

function ifPossible(map: JourneyMap, change: MapChange): JourneyMap | null {
  try {
    return applied(map, change);
  } catch (error) {
    if (error instanceof ChangeImpossible) return null;
    throw error;
  }
}

function joined(before: Step, after: Step): Step {
  const same = JSON.stringify(before.touched) === JSON.stringify(after.touched);
  return {
    group: after.group,
    touched: same ? before.touched : [...before.touched, ...after.touched],
    change: same && replaces(after.change) ? after.change : together(flat(before.change, after.change)),
    inverse: same && replaces(after.change) ? before.inverse : together(flat(after.inverse, before.inverse)),
  };
}

/** Whether the change writes its place whatever stood there. */
const replaces = (change: MapChange): boolean => change.type === "set" || change.type === "set_cell";

const flat = (...changes: MapChange[]): MapChange[] =>
  changes.flatMap((change) => (change.type === "all" ? change.changes : [change]));
