import { expect, it } from "vitest";
import { bandOf, HIGH, pathOf, topOf, WIDE } from "../drawing.ts";
import type { Curve } from "../queries.ts";

const point = (day: number, share: number) => ({
  day,
  share,
  low: share / 2,
  high: share * 1.5,
  hazard: share,
  at_risk: 10,
});
const curve: Curve = {
  kind: "churn",
  events: 4,
  points: [point(0, 0), point(5, 0.1), point(10, 0.2)],
  median_days: 5,
};

it("begins at the lower left and ends at the last day", () => {
  expect(pathOf(curve, 0.4)).toBe(`M0.0,${HIGH}.0L500.0,225.0L${WIDE}.0,150.0`);
});

it("has a band from the upper limit to the lower", () => {
  expect(bandOf(curve, 0.4)).toBe("M0.0,300.0L500.0,187.5L1000.0,75.0L1000.0,225.0L500.0,262.5L0.0,300.0Z");
});

it("draws up to the next five points above what there is", () => {
  expect(topOf([curve])).toBeCloseTo(0.3);
  expect(topOf([])).toBeCloseTo(0.05);
});
