import { describe, expect, it } from "vitest";
import { notableOf, waitScale } from "../src/index.ts";
import { figures, share } from "./made.ts";

const usual = ["a", "b", "c", "d"].map((key) => figures(key));

describe("a figure stands out", () => {
  it("when its whole interval is well above what is usual", () => {
    const found = notableOf([...usual, figures("bad", { exit: share(60, 100) })]);
    expect([...found.keys()]).toEqual(["bad"]);
    expect(found.get("bad")).toEqual(new Set(["exit"]));
  });

  it("never together with more than a sixth of the map", () => {
    const many = Array.from({ length: 12 }, (_, at) =>
      figures(`t${at}`, { exit: share(at < 8 ? 10 : 30 + at, 100) }),
    );
    expect([...notableOf(many).keys()]).toEqual(["t11", "t10"]);
  });

  it("never from few journeys", () => {
    const few = figures("few", { journeys: 5, exit: share(4, 5) });
    expect(notableOf([...usual, few]).size).toBe(0);
  });

  it("never when its interval reaches down to the usual", () => {
    const wide = figures("wide", { exit: share(20, 100, 0.1) });
    expect(notableOf([...usual, wide]).size).toBe(0);
  });
});

describe("the scale of waits", () => {
  const wait = (p50: number, p90: number) => ({ n: 9, mean: p50, p50, p90 });
  const scale = waitScale([wait(10, 100), wait(100, 1000)]);

  it("is logarithmic and runs from the shortest to the longest", () => {
    expect(scale(wait(10, 1000))).toEqual({ from: 0, to: 1 });
    expect(scale(wait(100, 100))!.from).toBeCloseTo(0.5);
  });

  it("has no place for an unknown wait", () => {
    expect(scale({ n: 0, mean: null, p50: null, p90: null })).toBeNull();
  });
});
