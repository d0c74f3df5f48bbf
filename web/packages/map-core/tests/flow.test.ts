import { describe, expect, it } from "vitest";
import { layFlow, litSteps, placeSteps } from "../src/index.ts";
import { layTracks } from "../src/flow/tracks.ts";
import { step } from "./made.ts";

const KEYS = ["a", "b", "c", "d"];
const FLOW = [
  step(null, "a", 100),
  step("a", "b", 60),
  step("a", "c", 30),
  step("a", null, 10),
  step("b", "a", 5),
  step("b", "b", 2),
  step("c", "d", 30),
];
const SIZE = { column: 100, bar: 60, beside: 100 };

describe("steps", () => {
  it("are told apart by how they lie to the paved way", () => {
    const kinds = Object.fromEntries(placeSteps(FLOW, KEYS).map((s) => [s.id, s.kind]));
    expect(kinds).toEqual({
      ">a": "start",
      "a>b": "next",
      "a>c": "skip",
      "a>": "end",
      "b>a": "back",
      "b>b": "again",
      "c>d": "next",
    });
  });

  it("are left out when a touchpoint of theirs is not shown", () => {
    expect(placeSteps(FLOW, ["a", "b"]).map((s) => s.id)).not.toContain("a>c");
  });
});

describe("tracks", () => {
  const run = (id: string, first: number, last: number, width = 4) => ({ id, first, last, width });

  it("never lay two runs on each other", () => {
    const { middle } = layTracks([run("x", 0, 2), run("y", 1, 3), run("z", 2, 4)], 500);
    expect(middle.get("x")).not.toBe(middle.get("y"));
    expect(middle.get("x")).toBe(middle.get("z"));
  });

  it("put short runs nearest to the way", () => {
    const { middle } = layTracks([run("long", 0, 9), run("short", 3, 5)], 500);
    expect(middle.get("short")!).toBeLessThan(middle.get("long")!);
  });

  it("are squeezed into the room there is", () => {
    const runs = Array.from({ length: 40 }, (_, at) => run(String(at), 0, 5));
    const { middle, depth } = layTracks(runs, 120);
    expect(depth).toBe(120);
    expect(Math.max(...middle.values())).toBeLessThanOrEqual(120);
  });
});

describe("the layout", () => {
  const layout = layFlow(FLOW, FLOW, KEYS, SIZE);
  const ribbon = (id: string) => layout.ribbons.find((r) => r.id === id)!;

  it("draws widths in proportion to journeys", () => {
    expect(ribbon("a>b").width / ribbon("a>c").width).toBeCloseTo(2);
  });

  it("gives both colours widths that sum to the whole", () => {
    for (const r of layout.ribbons) {
      expect(r.parts.reduce((sum, part) => sum + part.width, 0)).toBeCloseTo(r.width);
    }
  });

  it("moves no scale when rare steps are hidden", () => {
    const fewer = layFlow(FLOW.slice(0, 3), FLOW, KEYS, SIZE);
    expect(fewer.ribbons.find((r) => r.id === "a>b")!.width).toBe(ribbon("a>b").width);
    expect(fewer.nodes).toEqual(layout.nodes);
  });

  it("lays skips above the way and steps back below it", () => {
    expect(ribbon("a>c").label.y).toBeLessThan(layout.centre);
    expect(ribbon("b>a").label.y).toBeGreaterThan(layout.centre);
  });

  it("keeps everything inside its height", () => {
    for (const r of layout.ribbons) {
      expect(r.label.y).toBeGreaterThan(0);
      expect(r.label.y).toBeLessThan(layout.height);
    }
  });

  it("draws a way even when nobody walked", () => {
    const empty = layFlow([], [], KEYS, SIZE);
    expect(empty.ribbons).toEqual([]);
    expect(empty.nodes).toHaveLength(4);
  });
});

describe("light", () => {
  it("falls on all steps of a touchpoint", () => {
    expect(litSteps({ kind: "touchpoint", key: "c" }, FLOW)).toEqual(new Set(["a>c", "c>d"]));
  });

  it("falls on a whole path, from start to end", () => {
    expect(litSteps({ kind: "path", keys: ["a", "c"] }, FLOW)).toEqual(
      new Set([">a", "a>c", "c>"]),
    );
  });

  it("falls on nothing in particular when nothing is pointed at", () => {
    expect(litSteps(null, FLOW)).toBeNull();
  });
});
