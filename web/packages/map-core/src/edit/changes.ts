import type { Cell, JourneyMap, Rule } from "../types.ts";
import type { Part } from "./forms.ts";

/**
 * What an editor can do to a map: the closed set, as data. The Python twins, which the server
 * applies, are `desireline.engine.journey_map.changes`; docs/schemas/map_change.schema.json says
 * what they look like. Places count from 0; a place that is not said, or beyond the end, is the end.
 */
export type MapChange =
  | Add
  | Remove
  | Move
  | SetField
  | SetCell
  | Replace
  | SplitStage
  | MergeStages
  | SplitTouchpoint
  | MergeTouchpoints
  | GrowNote
  | All;

/** A new part. A touchpoint names its stage. What is not said of the part has its default. */
export interface Add {
  type: "add";
  part: Part;
  value: Record<string, unknown>;
  at?: number | null;
  stage?: string | null;
}

/** A part goes, with what hangs on it: the touchpoints of a stage, the cells of a touchpoint. */
export interface Remove {
  type: "remove";
  part: Part;
  key: string;
}

/** A part goes to another place: `at` is where it then stands. Touchpoints may change stage. */
export interface Move {
  type: "move";
  part: Part;
  key: string;
  at?: number | null;
  stage?: string | null;
}

/** One field of a part, or of the map itself (`part` is `map`, without a key). */
export interface SetField {
  type: "set";
  part: Part | "map";
  key?: string;
  field: string;
  value: unknown;
}

/** One square of a lane; without a cell it is emptied. */
export interface SetCell {
  type: "set_cell";
  lane: string;
  touchpoint: string;
  cell?: Partial<Cell> | null;
}

/** The whole document: a file read in, a template, an older version. Its key stays. */
export interface Replace {
  type: "replace";
  document: JourneyMap;
}

/** The touchpoints of a stage from the place `at` on become a stage of their own after it. */
export interface SplitStage {
  type: "split_stage";
  key: string;
  at: number;
  new_key: string;
  new_name: string;
}

/** The touchpoints of a stage go to the end of another, and the stage goes. */
export interface MergeStages {
  type: "merge_stages";
  key: string;
  into: string;
}

/** A touchpoint becomes two: the new one stands after it; the old one may get a new rule. */
export interface SplitTouchpoint {
  type: "split_touchpoint";
  key: string;
  value: Record<string, unknown>;
  rule?: Rule | null;
}

/** A touchpoint goes up in another: its rule and cells are joined to the other's. */
export interface MergeTouchpoints {
  type: "merge_touchpoints";
  key: string;
  into: string;
}

/** A sticky note becomes a touchpoint that is no event yet: its first line is the name. */
export interface GrowNote {
  type: "grow_note";
  key: string;
  touchpoint: string;
  stage: string;
  at?: number | null;
}

/** Several changes as one: all of them or none. `label` says what they are together. */
export interface All {
  type: "all";
  changes: MapChange[];
  label?: string;
}

/** A place of the map: ["touchpoint", "cart", "name"]; [] is all of it. */
export type Place = string[];

/** The first place that both write, one perhaps a part of the other; null: they do not meet. */
export function meeting(ours: Place[], theirs: Place[]): Place | null {
  for (const mine of ours) {
    for (const other of theirs) {
      const shorter = Math.min(mine.length, other.length);
      if (mine.slice(0, shorter).every((step, at) => step === other[at])) {
        return mine.length >= other.length ? mine : other;
      }
    }
  }
  return null;
}

/** The changes as one; a single one as it is. */
export function together(changes: MapChange[], label?: string): MapChange {
  if (changes.length === 1) return changes[0]!;
  return label === undefined ? { type: "all", changes } : { type: "all", changes, label };
}
