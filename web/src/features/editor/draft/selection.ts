import type { JourneyMap } from "@desireline/map-core";

/** What of the map is chosen: the panel shows it, others see that one is there. */
export type Selected =
  | { kind: "map" }
  | { kind: "stage"; key: string }
  | { kind: "touchpoint"; key: string }
  | { kind: "lane"; key: string }
  | { kind: "cell"; lane: string; touchpoint: string };

export const MAP: Selected = { kind: "map" };

const hasTouchpoint = (map: JourneyMap, key: string): boolean =>
  map.stages.some((stage) => stage.touchpoints.some((t) => t.key === key));
const hasLane = (map: JourneyMap, key: string): boolean => map.lanes.some((l) => l.key === key);

/** What is chosen, or the map itself where it has gone. */
export function standing(map: JourneyMap, selected: Selected): Selected {
  const there = {
    map: () => true,
    stage: (one: Selected) => one.kind === "stage" && map.stages.some((s) => s.key === one.key),
    touchpoint: (one: Selected) => one.kind === "touchpoint" && hasTouchpoint(map, one.key),
    lane: (one: Selected) => one.kind === "lane" && hasLane(map, one.key),
    cell: (one: Selected) =>
      one.kind === "cell" && hasLane(map, one.lane) && hasTouchpoint(map, one.touchpoint),
  };
  return there[selected.kind](selected) ? selected : MAP;
}

/** As others are told of it: `touchpoint/cart`, `cell/think/cart`; nothing for the map. */
export function placeOf(selected: Selected): string {
  if (selected.kind === "map") return "";
  const { kind } = selected;
  const steps = kind === "cell" ? [selected.lane, selected.touchpoint] : [selected.key];
  return [kind, ...steps.map(encodeURIComponent)].join("/");
}

/** What somebody else has open, from what is told of her. */
export function selectedAt(place: string): Selected {
  const [kind, key = "", touchpoint = ""] = place.split("/").map(readable);
  if (kind === "cell") return { kind, lane: key, touchpoint };
  return kind === "stage" || kind === "touchpoint" || kind === "lane" ? { kind, key } : MAP;
}

function readable(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** What is chosen, for those who listen. */
export class SelectionStore {
  private selected: Selected;
  private readonly listeners = new Set<() => void>();

  /** Begins at a place as `placeOf` tells it. */
  constructor(place = "") {
    this.selected = selectedAt(place);
  }

  readonly state = (): Selected => this.selected;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly select = (selected: Selected): void => {
    if (placeOf(selected) === placeOf(this.selected)) return;
    this.selected = selected;
    for (const listener of this.listeners) listener();
  };
}
