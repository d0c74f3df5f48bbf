import type { JourneyMap } from "@desireline/map-core";
import { expect, test } from "vitest";
import { lineOf, pathOf, placesOf } from "../line.ts";
import type { Way } from "../queries.ts";

const point = (key: string, optional = false) => ({ key, name: key, optional });
const map = {
  stages: [
    { key: "a", name: "A", touchpoints: [point("view"), point("read", true)] },
    { key: "b", name: "B", touchpoints: [point("cart"), point("order")] },
  ],
} as unknown as JourneyMap;
const way = (...steps: [string, boolean][]): Way =>
  ({ steps: steps.map(([touchpoint, fits]) => ({ touchpoint, fits })) }) as Way;

test("what is required before the last stop and was not come to is missed", () => {
  expect(lineOf(way(["view", true], ["order", true]), placesOf(map)).missed).toEqual([2]);
  expect(lineOf(way(["view", true]), placesOf(map)).missed).toEqual([]);
});

test("a step back is an arc", () => {
  const stops = lineOf(way(["view", true], ["cart", true], ["read", false]), placesOf(map)).stops;
  expect(pathOf(stops, (at) => at * 10, 5)).toBe("M0 5L20 5Q15 -23 10 5");
});
