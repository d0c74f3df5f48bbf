import type { Cell, JourneyMap, Lane } from "@desireline/map-core";

/** The layers of a service blueprint, from the customer down (Shostack 1984; Bitner et al. 2008). */
export const LAYERS = ["customer", "front", "back", "support"] as const;
export type Layer = (typeof LAYERS)[number];

/** The line above a layer: what is on one side of it does not see, or does not meet, the other. */
export const LINES: Record<Layer, "interaction" | "visibility" | "internal" | null> = {
  customer: null,
  front: "interaction",
  back: "visibility",
  support: "internal",
};

const KINDS: Record<Layer, readonly string[]> = {
  customer: ["see", "image", "channel", "do", "say", "emotion"],
  front: ["employee", "employee_emotion"],
  back: ["backstage"],
  support: ["system", "third_party"],
};

/** The lanes of each layer, in the order of the blueprint's kinds, then of the map. */
export function layersOf(map: JourneyMap): Record<Layer, Lane[]> {
  const of = (layer: Layer): Lane[] =>
    KINDS[layer].flatMap((kind) => map.lanes.filter((lane) => lane.kind === kind));
  return { customer: of("customer"), front: of("front"), back: of("back"), support: of("support") };
}

/** Whether a cell says anything. */
export const says = (cell: Cell | undefined): cell is Cell =>
  cell !== undefined &&
  [cell.text, cell.actor, cell.image, cell.value, cell.channels?.join("")].some(
    (one) => one !== undefined && one !== null && one !== "",
  );

/** The touchpoints at which something of the layer happens. The customer is at each of them. */
export function busy(lanes: Lane[], layer: Layer, keys: string[]): Set<string> {
  if (layer === "customer") return new Set(keys);
  return new Set(keys.filter((key) => lanes.some((lane) => says(lane.cells[key]))));
}

/** The touchpoints at which work crosses the line above a layer: both sides are busy. */
export function crossings(layers: Record<Layer, Lane[]>, below: Layer, keys: string[]): Set<string> {
  const above = LAYERS[LAYERS.indexOf(below) - 1];
  if (above === undefined) return new Set();
  const over = busy(layers[above], above, keys);
  return new Set([...busy(layers[below], below, keys)].filter((key) => over.has(key)));
}
