import type { JourneyMap, Lane, Stage } from "../types.ts";
import {
  type MapChange,
  type Place,
  type Remove,
  type SetField,
  together,
} from "./changes.ts";
import { ChangeImpossible } from "./errors.ts";
import { MAP_FIELDS, PART_FORMS, wholeCell, wholeField, wholePart } from "./forms.ts";
import { lawful } from "./laws.ts";
import { type Held, SHELVES, shelfOf } from "./shelves.ts";
import {
  growingNote,
  loosening,
  mergingStages,
  mergingTouchpoints,
  splittingStage,
  splittingTouchpoint,
} from "./steps.ts";

/** The map after the change; the one before stays as it was. Throws ChangeImpossible. */
export const applied = (map: JourneyMap, change: MapChange): JourneyMap =>
  kindOf(change).apply(map, change);

/** The map after all of them. */
export const appliedAll = (map: JourneyMap, changes: MapChange[]): JourneyMap =>
  changes.reduce(applied, map);

/** The change that leads back to `map` from the map after `change`. */
export const inverseOf = (map: JourneyMap, change: MapChange): MapChange =>
  kindOf(change).inverse(map, change);

/** The places of the map that the change writes. */
export const touchedBy = (map: JourneyMap, change: MapChange): Place[] =>
  kindOf(change).touched(map, change);

type Type = MapChange["type"];
type Of<T extends Type> = Extract<MapChange, { type: T }>;

interface Kind<C> {
  apply(map: JourneyMap, change: C): JourneyMap;
  inverse(map: JourneyMap, change: C): MapChange;
  touched(map: JourneyMap, change: C): Place[];
}

const kindOf = (change: MapChange): Kind<MapChange> => KINDS[change.type] as Kind<MapChange>;

/** A change that is several others in a row. */
function inSteps<C extends MapChange>(steps: (map: JourneyMap, change: C) => MapChange[]): Kind<C> {
  return {
    apply: (map, change) => appliedAll(map, steps(map, change)),
    inverse: (map, change) => together(undoing(map, steps(map, change)).back),
    touched: (map, change) => {
      let now = map;
      return steps(map, change).flatMap((step) => {
        const found = touchedBy(now, step);
        now = applied(now, step);
        return found;
      });
    },
  };
}

function undoing(map: JourneyMap, steps: MapChange[]): { back: MapChange[]; bare: JourneyMap } {
  const back: MapChange[] = [];
  let bare = map;
  for (const step of steps) {
    back.unshift(inverseOf(bare, step));
    bare = applied(bare, step);
  }
  return { back, bare };
}

function adding(map: JourneyMap, { part, key }: Remove): MapChange {
  const { back, bare } = undoing(map, loosening(map, part, key));
  const { value, at, stage } = shelfOf(part).find(bare, key);
  return together([{ type: "add", part, value, at, stage }, ...back]);
}

function setting(map: JourneyMap, change: SetField): { held: Held; put: (held: Held) => JourneyMap } {
  const { part, key = "", field } = change;
  const known = part === "map" ? MAP_FIELDS : PART_FORMS[part]?.fields;
  if (part === "map") {
    if (!known!.includes(field)) throw new ChangeImpossible("field_unknown", [part, key, field]);
    return { held: map as unknown as Held, put: (held) => held as unknown as JourneyMap };
  }
  const shelf = shelfOf(part);
  const held = shelf.find(map, key).value;
  if (!known!.includes(field)) throw new ChangeImpossible("field_unknown", [part, key, field]);
  return { held, put: (value) => shelf.swap(map, key, value) };
}

const laneOf = (map: JourneyMap, key: string): Lane =>
  SHELVES.lane.find(map, key).value as unknown as Lane;

const KINDS: { [T in Type]: Kind<Of<T>> } = {
  add: {
    apply: (map, { part, value, at = null, stage = null }) => {
      const shelf = shelfOf(part);
      return lawful(shelf.put(map, wholePart(part, value), at, stage));
    },
    inverse: (_, { part, value }) => ({
      type: "remove",
      part,
      key: String(value[PART_FORMS[part].key]),
    }),
    touched: (_, { part, value }) => [
      [part, String(value[PART_FORMS[part].key])],
      ...((value as unknown as Stage).touchpoints ?? []).map((t): Place => ["touchpoint", t.key]),
    ],
  },
  remove: {
    apply: (map, { part, key }) => {
      const bare = appliedAll(map, loosening(map, part, key));
      return lawful(shelfOf(part).take(bare, key));
    },
    inverse: adding,
    touched: (map, { part, key }) => [
      [part, key],
      ...loosening(map, part, key).flatMap((step) => touchedBy(map, step)),
    ],
  },
  move: {
    apply: (map, { part, key, at = null, stage = null }) =>
      lawful(shelfOf(part).shift(map, key, at, stage)),
    inverse: (map, { part, key }) => {
      const { at, stage } = shelfOf(part).find(map, key);
      return { type: "move", part, key, at, stage };
    },
    touched: (_, { part, key }) => [[part, key, "at"]],
  },
  set: {
    apply: (map, change) => {
      const { held, put } = setting(map, change);
      return lawful(put({ ...held, [change.field]: wholeField(change.field, change.value) }));
    },
    inverse: (map, change) => ({ ...change, value: setting(map, change).held[change.field] }),
    touched: (_, { part, key, field }) => [key ? [part, key, field] : [part, field]],
  },
  set_cell: {
    apply: (map, { lane, touchpoint, cell = null }) => {
      const held = laneOf(map, lane);
      SHELVES.touchpoint.find(map, touchpoint);
      const { [touchpoint]: _, ...cells } = held.cells;
      if (cell !== null) cells[touchpoint] = wholeCell(cell);
      return lawful(SHELVES.lane.swap(map, lane, { ...held, cells }));
    },
    inverse: (map, { type, lane, touchpoint }) => ({
      type,
      lane,
      touchpoint,
      cell: laneOf(map, lane).cells[touchpoint] ?? null,
    }),
    touched: (_, { lane, touchpoint }) => [["lane", lane, "cells", touchpoint]],
  },
  replace: {
    apply: (map, { document }) => {
      if (document.key !== map.key) throw new ChangeImpossible("map_key_fixed", ["key"]);
      return lawful(document);
    },
    inverse: (map) => ({ type: "replace", document: map }),
    touched: () => [[]],
  },
  split_stage: inSteps(splittingStage),
  merge_stages: inSteps(mergingStages),
  split_touchpoint: inSteps(splittingTouchpoint),
  merge_touchpoints: inSteps(mergingTouchpoints),
  grow_note: inSteps(growingNote),
  all: inSteps((_, { changes }) => changes),
};
