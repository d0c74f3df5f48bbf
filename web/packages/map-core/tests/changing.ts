import { readFileSync } from "node:fs";
import {
  applied,
  ChangeImpossible,
  type JourneyMap,
  type MapChange,
  touchpointKeys,
} from "../src/index.ts";

const table = (name: string): unknown =>
  JSON.parse(
    readFileSync(new URL(`../../../../tests/engine/map_changes/${name}`, import.meta.url), "utf8"),
  );

/** One row of the table that the server's tests run over too. */
export interface Case {
  name: string;
  change: MapChange;
  stages?: string;
  holds?: Record<string, unknown>;
  touched?: string[][];
  error?: string;
}

export const CASES = table("cases.json") as Case[];
export const shop = (): JourneyMap => table("shop.json") as JourneyMap;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const one = <T>(random: () => number, of: T[]): T => of[Math.floor(random() * of.length)]!;

type Made = (random: () => number, map: JourneyMap) => MapChange;
const touchpointOf: (random: () => number, map: JourneyMap) => string = (random, map) =>
  one(random, [...touchpointKeys(map), "nothing_such"]);
const stageOf = (random: () => number, map: JourneyMap): string =>
  one(random, [...map.stages.map((s) => s.key), "nothing_such"]);
const laneOf = (random: () => number, map: JourneyMap): string =>
  one(random, [...map.lanes.map((l) => l.key), "nothing_such"]);
const fresh = (random: () => number): string => `k${Math.floor(random() * 40)}`;
const event = (name: string): { type: string; in: string[] } => ({ type: "event", in: [name] });

const MADE: Made[] = [
  (random, map) => ({
    type: "add",
    part: "touchpoint",
    value: { key: fresh(random), name: "New", rule: event("x") },
    stage: stageOf(random, map),
    at: Math.floor(random() * 4),
  }),
  (random) => ({ type: "add", part: "stage", value: { key: fresh(random), name: "New" } }),
  (random, map) => ({ type: "remove", part: "touchpoint", key: touchpointOf(random, map) }),
  (random, map) => ({ type: "remove", part: "stage", key: stageOf(random, map) }),
  (random, map) => ({
    type: "move",
    part: "touchpoint",
    key: touchpointOf(random, map),
    stage: stageOf(random, map),
    at: Math.floor(random() * 4),
  }),
  (random, map) => ({
    type: "set",
    part: "touchpoint",
    key: touchpointOf(random, map),
    field: "name",
    value: `N${Math.floor(random() * 99)}`,
  }),
  (random, map) => ({
    type: "set_cell",
    lane: laneOf(random, map),
    touchpoint: touchpointOf(random, map),
    cell: random() < 0.2 ? null : { text: `T${Math.floor(random() * 99)}` },
  }),
  (random, map) => ({
    type: "merge_touchpoints",
    key: touchpointOf(random, map),
    into: touchpointOf(random, map),
  }),
  (random, map) => ({ type: "merge_stages", key: stageOf(random, map), into: stageOf(random, map) }),
  (random, map) => ({
    type: "split_stage",
    key: stageOf(random, map),
    at: Math.floor(random() * 3),
    new_key: fresh(random),
    new_name: "New",
  }),
];

/** A change that can be made to the map. */
export function possibleChange(random: () => number, map: JourneyMap): MapChange {
  for (;;) {
    const change = one(random, MADE)(random, map);
    try {
      applied(map, change);
      return change;
    } catch (error) {
      if (!(error instanceof ChangeImpossible)) throw error;
    }
  }
}

/** Every key that the map's cells and alternatives speak of and that is no touchpoint of it. */
export function strayKeys(map: JourneyMap): string[] {
  const known = new Set(touchpointKeys(map));
  const cells = map.lanes.flatMap((lane) => Object.keys(lane.cells));
  const mains = map.stages.flatMap((s) => s.touchpoints.map((t) => t.alternative_to ?? null));
  return [...cells, ...mains.filter((key) => key !== null)].filter((key) => !known.has(key));
}
