import {
  ChangeImpossible,
  copyLane,
  copyStage,
  copyTouchpoints,
  type JourneyMap,
  lawful,
  type MapChange,
  type Stage,
  type Touchpoint,
} from "@desireline/map-core";
import type { Selected } from "../draft/selection.ts";
import { standingOf } from "./columns.ts";
import { gapAfter, stageAfter } from "./making.ts";

/** Marks text that holds parts of a map, so that it is known in another window. */
export const MARK = "desireline.map-parts/1";

interface Copied {
  format: typeof MARK;
  part: "touchpoint" | "stage" | "lane";
  keys: string[];
  /** A map that holds these parts, with their cells, and nothing else. */
  map: JourneyMap;
}

/** What is chosen as text that another map takes; null where nothing of that kind is chosen. */
export function copiedText(map: JourneyMap, selected: Selected): string | null {
  if (selected.kind === "map" || selected.kind === "cell") return null;
  const part = selected.kind;
  const copied: Copied = { format: MARK, part, keys: [selected.key], map: cutOut(map, part, selected.key) };
  return JSON.stringify(copied);
}

/** The change that brings copied parts in after what is chosen; null for any other text. */
export function pastedChange(text: string, into: JourneyMap, selected: Selected): MapChange | null {
  const copied = read(text);
  if (copied === null) return null;
  const { map, part, keys } = copied;
  if (part === "lane") return copyLane(map, keys[0]!, into);
  const gap = gapAfter(into, selected);
  if (part === "stage" || gap === null) {
    const stage = part === "stage" ? keys[0]! : map.stages[0]!.key;
    return copyStage(map, stage, into, stageAfter(into, selected));
  }
  return copyTouchpoints(map, keys, into, gap.stage!, gap.at);
}

function cutOut(map: JourneyMap, part: Copied["part"], key: string): JourneyMap {
  const bare = { ...map, personas: [], actors: [], notes: [], left_out: [], parent: null };
  if (part === "lane") return { ...bare, lanes: map.lanes.filter((l) => l.key === key) };
  const found = part === "touchpoint" ? standingOf(map, key) : null;
  const stages =
    found === null
      ? map.stages.filter((s) => s.key === key)
      : [{ ...map.stages[found.stage]!, touchpoints: [map.stages[found.stage]!.touchpoints[found.at]!] }];
  const kept = new Set(stages.flatMap((s) => s.touchpoints.map((t) => t.key)));
  const lanes = map.lanes.map(({ key: own, kind, name, cells }) => {
    const held = Object.entries(cells).filter(([at]) => kept.has(at));
    return { key: own, kind, name, cells: Object.fromEntries(held) };
  });
  const alone = stages.map((stage): Stage => {
    const touchpoints = stage.touchpoints.map((t) => withoutMain(t, kept));
    return Object.assign({}, stage, { touchpoints });
  });
  return { ...bare, stages: alone, lanes };
}

/** An alternative without its main touchpoint is a touchpoint like any other. */
const withoutMain = (t: Touchpoint, kept: Set<string>): Touchpoint =>
  t.alternative_to && !kept.has(t.alternative_to) ? { ...t, alternative_to: null } : t;

function read(text: string): Copied | null {
  if (!text.includes(MARK)) return null;
  try {
    const found = JSON.parse(text) as Copied;
    if (found.format !== MARK || found.keys.length === 0) return null;
    lawful(found.map);
    return found;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof ChangeImpossible)
      return null;
    throw error;
  }
}
