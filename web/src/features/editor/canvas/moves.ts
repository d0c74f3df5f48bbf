import type { JourneyMap, MapChange } from "@desireline/map-core";
import { standingOf } from "./columns.ts";

/** What can be moved. */
export interface Movable {
  part: "stage" | "touchpoint" | "lane";
  key: string;
}

/** A place between others: before the one that stands at `at`, or at the end. */
export interface Gap {
  at: number;
  /** Of a touchpoint. */
  stage: string | null;
}

/** All gaps in which the part can be put, in the order of the map. */
export function gapsFor(map: JourneyMap, { part }: Movable): Gap[] {
  const upTo = (n: number): number[] => Array.from({ length: n + 1 }, (_, at) => at);
  if (part === "lane") return upTo(map.lanes.length).map((at) => ({ at, stage: null }));
  if (part === "stage") return upTo(map.stages.length).map((at) => ({ at, stage: null }));
  return map.stages.flatMap((stage) =>
    upTo(stage.touchpoints.length).map((at) => ({ at, stage: stage.key })),
  );
}

export const sameGap = (a: Gap, b: Gap): boolean => a.at === b.at && a.stage === b.stage;

/** The gap before the part, as it stands now. */
export function gapOf(map: JourneyMap, { part, key }: Movable): Gap | null {
  if (part === "touchpoint") {
    const found = standingOf(map, key);
    return found === null ? null : { at: found.at, stage: map.stages[found.stage]!.key };
  }
  const list: { key: string }[] = part === "lane" ? map.lanes : map.stages;
  const at = list.findIndex((one) => one.key === key);
  return at < 0 ? null : { at, stage: null };
}

/** The change that puts the part into the gap; null where it stays in its place. */
export function movedInto(map: JourneyMap, moved: Movable, gap: Gap): MapChange | null {
  const now = gapOf(map, moved);
  if (now === null) return null;
  const stays = now.stage === gap.stage;
  // Without the part, what came after it has moved up by one.
  const at = stays && gap.at > now.at ? gap.at - 1 : gap.at;
  if (stays && at === now.at) return null;
  return { type: "move", part: moved.part, key: moved.key, at, stage: gap.stage };
}

/**
 * The gap one step further, of those that move the part; the same at the end. The two gaps beside
 * the part are one place.
 */
export function nextGap(map: JourneyMap, moved: Movable, gap: Gap, step: 1 | -1): Gap {
  const now = gapOf(map, moved);
  const gaps = gapsFor(map, moved).filter(
    (one) => now === null || one.stage !== now.stage || one.at !== now.at + 1,
  );
  const at = gaps.findIndex((one) => sameGap(one, gap));
  return gaps[at + step] ?? gap;
}

/** The change that moves the part by one place, over the border of a stage too; null at the end. */
export function nudged(map: JourneyMap, moved: Movable, step: 1 | -1): MapChange | null {
  const now = gapOf(map, moved);
  return now === null ? null : movedInto(map, moved, nextGap(map, moved, now, step));
}

/** What stands before the gap once the part is in it, and in which stage: for telling it. */
export function beside(map: JourneyMap, moved: Movable, gap: Gap): { after: string | null; stage: string | null } {
  const stage = map.stages.find((s) => s.key === gap.stage) ?? null;
  const all: { key: string; name: string }[] =
    moved.part === "lane" ? map.lanes : moved.part === "stage" ? map.stages : (stage?.touchpoints ?? []);
  const before = all.slice(0, gap.at).filter((one) => one.key !== moved.key);
  return { after: before.at(-1)?.name ?? null, stage: stage?.name ?? null };
}
