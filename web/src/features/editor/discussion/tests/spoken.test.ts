import type { JourneyMap } from "@desireline/map-core";
import { describe, expect, it } from "vitest";
import { openElsewhere, saidOfGone, searchAt } from "../spoken.ts";
import { type Place, WHOLE_MAP } from "../queries.ts";
import { comment, task } from "./said.ts";

const point = (key: string): object => ({ key, name: key });
const map = {
  key: "shop",
  stages: [
    { key: "look", touchpoints: [point("view")] },
    { key: "buy", touchpoints: [point("cart")] },
  ],
  lanes: [{ key: "think" }, { key: "feel" }],
} as unknown as JourneyMap;
const SETTLED = { resolved_at: "2026-03-02T00:00:00Z" };

const told = ({ stage, touchpoint, lane }: Place): string => [stage, touchpoint, lane].join("/");

describe("what is said of parts", () => {
  const comments = [
    comment(1),
    comment(2, { lane: "feel" }),
    comment(3, { touchpoint: "cart", lane: "feel" }),
    comment(4, { touchpoint: "cart", lane: "think" }),
    comment(5, { stage: "buy" }),
    comment(6, { stage: "buy", reply_to: 5 }),
    comment(7, { stage: "look", ...SETTLED }),
    comment(8, { stage: "old", ...SETTLED }),
    comment(9, { touchpoint: "cart", lane: "old" }),
  ];
  const tasks = [
    task({ touchpoint: "" }),
    task({ id: 2, touchpoint: "view" }),
    task({ id: 3, touchpoint: "gone" }),
    task({ id: 4, touchpoint: "cart", done_at: "2026-03-02T00:00:00Z" }),
  ];

  it("and still open comes in the order of the map, the whole map left out", () => {
    const spoken = openElsewhere(comments, tasks, map);
    expect(spoken.map((one) => told(one.place))).toEqual([
      "/view/",
      "buy//",
      "/cart/think",
      "/cart/feel",
      "//feel",
    ]);
    expect(spoken[0]!.tasks.map((one) => one.id)).toEqual([2]);
    expect(spoken[1]!.threads[0]!.replies.map((one) => one.id)).toEqual([6]);
  });

  it("that have gone is kept, settled or not", () => {
    const spoken = saidOfGone(comments, tasks, map);
    expect(spoken.map((one) => told(one.place))).toEqual(["old//", "/cart/old", "/gone/"]);
    expect(spoken.map((one) => [one.threads.length, one.tasks.length])).toEqual([
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
  });
});

it("leads to a place", () => {
  expect(searchAt(WHOLE_MAP)).toEqual({});
  expect(searchAt({ ...WHOLE_MAP, stage: "a/b" })).toEqual({ at: "stage/a%2Fb" });
  expect(searchAt({ ...WHOLE_MAP, touchpoint: "cart", lane: "feel" })).toEqual({ at: "cell/feel/cart" });
});
