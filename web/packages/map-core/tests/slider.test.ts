import { describe, expect, it } from "vitest";
import { calmStop, shownFlow, stopAt, stopsOf } from "../src/index.ts";
import { step } from "./made.ts";

// Ten journeys go a, b; three a, c; one b, c, a.
const flow = [
  step(null, "a", 13, 14),
  step("a", "b", 10, 14),
  step("b", null, 10, 14),
  step("a", "c", 3, 4),
  step("c", null, 3, 4),
  step(null, "b", 1, 1),
  step("b", "c", 1, 1),
  step("c", "a", 1, 1),
  step("a", null, 1, 1),
];

describe("the slider", () => {
  const stops = stopsOf(flow);

  it("has a position for each count and starts with everything", () => {
    expect(stops.map((s) => s.least)).toEqual([1, 3, 10, 13]);
    expect(stops[0]).toEqual({ least: 1, shown: 9, hidden: 0 });
  });

  it("says how many journeys walk a step that it hides", () => {
    expect(stops.map((s) => s.hidden)).toEqual([0, 1, 4, 14]);
  });

  it("hides no step at its first position and rarer ones after it", () => {
    expect(shownFlow(flow, 1)).toHaveLength(9);
    expect(shownFlow(flow, 3).every((e) => e.count >= 3)).toBe(true);
    expect(shownFlow(flow, 3)).toHaveLength(stops[1]!.shown);
  });

  it("finds the calm position: the first with few steps between touchpoints", () => {
    expect(calmStop(flow, stops, 100)).toBe(0);
    expect(calmStop(flow, stops, 2)).toBe(1);
    expect(calmStop(flow, stops, 1)).toBe(2);
  });

  it("finds the position of a count that is no position", () => {
    expect(stopAt(stops, 2)).toBe(1);
    expect(stopAt(stops, 999)).toBe(3);
  });

  it("has no position without steps", () => {
    expect(stopsOf([])).toEqual([]);
    expect(calmStop([], [], 5)).toBe(0);
  });
});
