import type { JourneyMap, Lane, Stage, Touchpoint } from "../types.ts";
import { type MapChange, together } from "./changes.ts";
import { type Held, SHELVES } from "./shelves.ts";

/** A key that nobody has, made of a name: "Cart viewed" is `cart_viewed`, then `cart_viewed_2`. */
export function freshKey(name: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  const words = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  const wanted = words?.join("_").slice(0, 60) ?? "part";
  let key = wanted;
  for (let number = 2; known.has(key); number += 1) key = `${wanted}_${number}`;
  return key;
}

/** The keys of all touchpoints, in the order of the map. */
export const touchpointKeys = (map: JourneyMap): string[] =>
  map.stages.flatMap((stage) => stage.touchpoints.map((t) => t.key));

/**
 * The change that brings touchpoints of a map, in their order, with their cells into a stage of
 * another map, or of the same one. Keys that are taken get new ones; lanes that are missing come
 * along.
 */
export function copyTouchpoints(
  from: JourneyMap,
  keys: string[],
  into: JourneyMap,
  stage: string,
  at: number | null = null,
): MapChange {
  const named = renamed(keys, touchpointKeys(into));
  const parts = keys.map((key) => SHELVES.touchpoint.find(from, key).value);
  const added = parts.map((value, place): MapChange => {
    const copy = copyOf(value as unknown as Touchpoint, named) as unknown as Held;
    return { type: "add", part: "touchpoint", value: copy, at: at === null ? null : at + place, stage };
  });
  // An alternative is added before or after its main one, so what it refers to is set at the end.
  return together([...added, ...references(parts, named), ...cellsOf(from, into, named)], "copy");
}

/** The change that brings a stage of a map, with its touchpoints and their cells, into another. */
export function copyStage(
  from: JourneyMap,
  key: string,
  into: JourneyMap,
  at: number | null = null,
): MapChange {
  const stage = SHELVES.stage.find(from, key).value as unknown as Stage;
  const fresh = freshKey(key, into.stages.map((s) => s.key));
  const added: MapChange = {
    type: "add",
    part: "stage",
    value: { key: fresh, name: stage.name },
    at,
  };
  const keys = stage.touchpoints.map((t) => t.key);
  const rest = copyTouchpoints(from, keys, into, fresh);
  return together([added, ...(rest.type === "all" ? rest.changes : [rest])], "copy");
}

/** The change that brings a lane, with the cells of touchpoints that both maps have. */
export function copyLane(from: JourneyMap, key: string, into: JourneyMap): MapChange {
  const lane = SHELVES.lane.find(from, key).value as unknown as Lane;
  const known = new Set(touchpointKeys(into));
  const cells = Object.fromEntries(Object.entries(lane.cells).filter(([at]) => known.has(at)));
  const fresh = freshKey(key, into.lanes.map((l) => l.key));
  return { type: "add", part: "lane", value: { ...lane, key: fresh, cells } };
}

function renamed(keys: string[], taken: string[]): Map<string, string> {
  const known = [...taken];
  return new Map(
    keys.map((key) => {
      const fresh = known.includes(key) ? freshKey(key, known) : key;
      known.push(fresh);
      return [key, fresh];
    }),
  );
}

const copyOf = (t: Touchpoint, named: Map<string, string>): Touchpoint => ({
  ...t,
  key: named.get(t.key)!,
  alternative_to: null,
});

function references(parts: Held[], named: Map<string, string>): MapChange[] {
  return parts.flatMap((value): MapChange[] => {
    const main = named.get(String(value["alternative_to"] ?? ""));
    if (main === undefined) return [];
    const key = named.get(String(value["key"]))!;
    return [{ type: "set", part: "touchpoint", key, field: "alternative_to", value: main }];
  });
}

function cellsOf(from: JourneyMap, into: JourneyMap, named: Map<string, string>): MapChange[] {
  return from.lanes.flatMap((lane): MapChange[] => {
    const cells = Object.entries(lane.cells).filter(([key]) => named.has(key));
    if (cells.length === 0) return [];
    const there = into.lanes.find((l) => l.key === lane.key);
    const fits = there?.kind === lane.kind;
    const key = there === undefined || fits ? lane.key : freshKey(lane.key, into.lanes.map((l) => l.key));
    const added: MapChange[] = fits
      ? []
      : [{ type: "add", part: "lane", value: { key, kind: lane.kind, name: lane.name } }];
    return [
      ...added,
      ...cells.map(
        ([at, cell]): MapChange => ({ type: "set_cell", lane: key, touchpoint: named.get(at)!, cell }),
      ),
    ];
  });
}
