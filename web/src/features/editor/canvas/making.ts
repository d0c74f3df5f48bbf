import {
  freshKey,
  type JourneyMap,
  LANE_KINDS,
  type MapChange,
  NO_EVENT,
  together,
  touchpointKeys,
} from "@desireline/map-core";
import type { Selected } from "../draft/selection.ts";
import { standingOf } from "./columns.ts";
import type { Gap } from "./moves.ts";

/** A new touchpoint that is bound to no event yet, in a gap. */
export function newTouchpoint(map: JourneyMap, name: string, gap: Gap): [MapChange, string] {
  const key = freshKey(name, touchpointKeys(map));
  const value = { key, name, rule: NO_EVENT };
  return [{ type: "add", part: "touchpoint", value, at: gap.at, stage: gap.stage }, key];
}

/** The first touchpoint of a map without stages makes its stage along. */
export function firstTouchpoint(map: JourneyMap, name: string, stageName: string): [MapChange, string] {
  const [stage, stageKey] = newStage(map, stageName, map.stages.length);
  const [touchpoint, key] = newTouchpoint(map, name, { at: 0, stage: stageKey });
  return [together([stage, touchpoint]), key];
}

export function newStage(map: JourneyMap, name: string, at: number): [MapChange, string] {
  const key = freshKey(name, map.stages.map((s) => s.key));
  return [{ type: "add", part: "stage", value: { key, name }, at }, key];
}

export function newLane(map: JourneyMap, kind: string, name: string): [MapChange, string] {
  const key = freshKey(LANE_KINDS[kind] === undefined ? name : kind, map.lanes.map((l) => l.key));
  return [{ type: "add", part: "lane", value: { key, kind, name } }, key];
}

/** A touchpoint in two: the new one has the same channel and stands after it, without a rule. */
export function splitTouchpoint(map: JourneyMap, key: string, name: string): [MapChange, string] {
  const fresh = freshKey(name, touchpointKeys(map));
  const found = standingOf(map, key);
  const { kind, channel } = map.stages[found!.stage]!.touchpoints[found!.at]!;
  const value = { key: fresh, name, rule: NO_EVENT, kind, channel: channel ?? null };
  return [{ type: "split_touchpoint", key, value }, fresh];
}

/** The touchpoint and those after it become a stage of their own. */
export function splitStageAt(map: JourneyMap, touchpoint: string, name: string): [MapChange, string] {
  const found = standingOf(map, touchpoint)!;
  const fresh = freshKey(name, map.stages.map((s) => s.key));
  const { key } = map.stages[found.stage]!;
  return [{ type: "split_stage", key, at: found.at, new_key: fresh, new_name: name }, fresh];
}

/** The gap after what is chosen, for a new touchpoint; the end of the last stage for the map. */
export function gapAfter(map: JourneyMap, selected: Selected): Gap | null {
  const key = selected.kind === "cell" ? selected.touchpoint : selected.kind === "touchpoint" ? selected.key : null;
  const found = key === null ? null : standingOf(map, key);
  if (found !== null) return { at: found.at + 1, stage: map.stages[found.stage]!.key };
  const own = selected.kind === "stage" ? map.stages.find((s) => s.key === selected.key) : undefined;
  const stage = own ?? map.stages.at(-1);
  return stage === undefined ? null : { at: stage.touchpoints.length, stage: stage.key };
}

/** Where a new stage goes: after that of what is chosen, else at the end. */
export function stageAfter(map: JourneyMap, selected: Selected): number {
  if (selected.kind === "stage") return map.stages.findIndex((s) => s.key === selected.key) + 1;
  const key = selected.kind === "cell" ? selected.touchpoint : selected.kind === "touchpoint" ? selected.key : null;
  const found = key === null ? null : standingOf(map, key);
  return found === null ? map.stages.length : found.stage + 1;
}
