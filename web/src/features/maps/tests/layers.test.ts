import type { JourneyMap, Lane } from "@desireline/map-core";
import { describe, expect, it } from "vitest";
import { crossings, LAYERS, layersOf } from "../blueprint/layers.ts";

const lane = (key: string, kind: string, ...at: string[]): Lane => ({
  key,
  kind,
  name: key,
  cells: Object.fromEntries(at.map((one) => [one, { text: one, evidence: "declared" as const }])),
});
const lanes = [
  lane("crm", "system", "order"),
  lane("desk", "employee", "ask", "order"),
  lane("mood", "employee_emotion", "ask"),
  lane("pack", "backstage", "order"),
  lane("hurts", "pain", "ask"),
  lane("eye", "see", "look"),
];
const layers = layersOf({ lanes } as unknown as JourneyMap);
const keys = ["look", "ask", "order"];

describe("the layers of a blueprint", () => {
  it("take the lanes of their kinds, and no others", () => {
    const found = LAYERS.map((layer) => layers[layer].map((one) => one.key));
    expect(found).toEqual([["eye"], ["desk", "mood"], ["pack"], ["crm"]]);
  });

  it("are crossed where work goes on at both sides of the line", () => {
    const crossed = LAYERS.map((layer) => Array.from(crossings(layers, layer, keys)));
    expect(crossed).toEqual([[], ["ask", "order"], ["order"], ["order"]]);
  });
});
