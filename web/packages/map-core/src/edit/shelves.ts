import type { JourneyMap, Stage, Touchpoint } from "../types.ts";
import { ChangeImpossible } from "./errors.ts";
import { PART_FORMS, type Part } from "./forms.ts";

/** A part and where it stands. */
export interface Standing {
  value: Held;
  at: number;
  stage: string | null;
}

export type Held = Record<string, unknown>;

/** Where parts of one kind stand in the document. Nothing that is given is changed. */
export interface Shelf {
  find(map: JourneyMap, key: string): Standing;
  put(map: JourneyMap, value: Held, at: number | null, stage: string | null): JourneyMap;
  take(map: JourneyMap, key: string): JourneyMap;
  swap(map: JourneyMap, key: string, value: Held): JourneyMap;
  shift(map: JourneyMap, key: string, at: number | null, stage: string | null): JourneyMap;
}

export const missing = (part: string, key: string): ChangeImpossible =>
  new ChangeImpossible("part_missing", [part, key]);

const inserted = <T>(held: T[], value: T, at: number | null): T[] => held.toSpliced(at ?? held.length, 0, value);

/** Parts in a list of the document itself. */
function topShelf(part: Part, field: keyof JourneyMap): Shelf {
  const name = PART_FORMS[part].key;
  const list = (map: JourneyMap): Held[] => map[field] as unknown as Held[];
  const withList = (map: JourneyMap, held: Held[]): JourneyMap => ({ ...map, [field]: held });
  const find = (map: JourneyMap, key: string): Standing => {
    const at = list(map).findIndex((value) => value[name] === key);
    if (at < 0) throw missing(part, key);
    return { value: list(map)[at]!, at, stage: null };
  };
  return {
    find,
    put: (map, value, at) => {
      const key = value[name];
      if (list(map).some((other) => other[name] === key)) {
        throw new ChangeImpossible("key_repeated", [part, String(key)]);
      }
      return withList(map, inserted(list(map), value, at));
    },
    take: (map, key) => withList(map, list(map).toSpliced(find(map, key).at, 1)),
    swap: (map, key, value) => withList(map, list(map).with(find(map, key).at, value)),
    shift: (map, key, at) => {
      const found = find(map, key);
      return withList(map, inserted(list(map).toSpliced(found.at, 1), found.value, at));
    },
  };
}

/** Touchpoints stand in their stages. */
const touchpointShelf: Shelf = {
  find: (map, key) => {
    for (const stage of map.stages) {
      const at = stage.touchpoints.findIndex((t) => t.key === key);
      if (at >= 0) {
        return { value: stage.touchpoints[at] as unknown as Held, at, stage: stage.key };
      }
    }
    throw missing("touchpoint", key);
  },
  put: (map, value, at, stage) =>
    inStage(map, stage ?? "", (held) => inserted(held, value as unknown as Touchpoint, at)),
  take: (map, key) => {
    const found = touchpointShelf.find(map, key);
    return inStage(map, found.stage!, (held) => held.toSpliced(found.at, 1));
  },
  swap: (map, key, value) => {
    const found = touchpointShelf.find(map, key);
    return inStage(map, found.stage!, (held) =>
      held.with(found.at, value as unknown as Touchpoint),
    );
  },
  shift: (map, key, at, stage) => {
    const found = touchpointShelf.find(map, key);
    const rest = touchpointShelf.take(map, key);
    return touchpointShelf.put(rest, found.value, at, stage ?? found.stage);
  },
};

export const SHELVES: Record<Part, Shelf> = {
  stage: topShelf("stage", "stages"),
  touchpoint: touchpointShelf,
  lane: topShelf("lane", "lanes"),
  persona: topShelf("persona", "personas"),
  actor: topShelf("actor", "actors"),
  note: topShelf("note", "notes"),
  left_out: topShelf("left_out", "left_out"),
};

export function shelfOf(part: string): Shelf {
  const found = SHELVES[part as Part];
  if (found === undefined) throw missing("part", part);
  return found;
}

function inStage(
  map: JourneyMap,
  key: string,
  changed: (held: Touchpoint[]) => Touchpoint[],
): JourneyMap {
  const { value, at } = SHELVES.stage.find(map, key);
  const stage = value as unknown as Stage;
  return {
    ...map,
    stages: map.stages.with(at, { ...stage, touchpoints: changed(stage.touchpoints) }),
  };
}
