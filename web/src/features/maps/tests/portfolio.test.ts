import { describe, expect, it } from "vitest";
import type { MapState } from "../pages/map_queries.ts";
import { daysBetween, momentOf } from "../pages/moment.ts";
import { matching, treeOf, wantedOf } from "../pages/portfolio.ts";

const map = (key: string, parent: string | null = null, more: Partial<MapState> = {}): MapState =>
  ({ key, name: key, goal: "", drafted_by: "", owner: null, kind: "as_is", parent, ...more }) as MapState;
const drawn = (maps: MapState[]): string[] =>
  treeOf(maps).map(({ map: one, depth }) => `${"-".repeat(depth)}${one.key}`);

describe("the tree of maps", () => {
  it("has each map below its parent, in the order of the list", () => {
    const maps = [map("pay", "buy"), map("life"), map("buy", "life"), map("help", "life"), map("own")];
    expect(drawn(maps)).toEqual(["life", "-buy", "--pay", "-help", "own"]);
  });

  it("keeps what hangs on nothing", () => {
    expect(drawn([map("a", "gone"), map("b", "c"), map("c", "b"), map("d", "d")])).toEqual([
      "a",
      "b",
      "-c",
      "d",
    ]);
  });
});

describe("maps that are looked for", () => {
  const maps = [
    map("shop", null, { name: "Cat shop", goal: "A cat that drinks" }),
    map("back", null, { name: "Returns", kind: "to_be", drafted_by: "Anna", owner: { id: 7, name: "Bob" } }),
  ];
  it.each([
    [{ q: "cat drinks" }, ["shop"]],
    [{ q: "ANNA" }, ["back"]],
    [{ kind: "to_be" }, ["back"]],
    [{ q: "cat", kind: "to_be" }, []],
    [{ q: "bob" }, ["back"]],
    [{ owner: 7 }, ["back"]],
    [{ owner: 0 }, ["shop"]],
    [{ owner: 8 }, []],
    [{}, ["shop", "back"]],
  ] as const)("by %j are %j", (wanted, keys) => {
    expect(matching(maps, wanted).map((one) => one.key)).toEqual([...keys]);
  });

  it("stand in the address, and nothing else is taken from there", () => {
    expect(wantedOf({ q: "a", kind: "to_be", owner: 7, away: true })).toEqual({ q: "a", kind: "to_be", owner: 7, away: true });
    expect(wantedOf({ q: "", kind: "odd", owner: "me", away: "yes" })).toEqual({});
  });
});

describe("a day that one looks back to", () => {
  it("is a day of the calendar", () => {
    expect(momentOf({ at: "2026-02-28" })).toEqual({ at: "2026-02-28" });
    for (const at of ["2026-02-31x", "2026-13-01", "today", 7]) expect(momentOf({ at })).toEqual({});
  });

  it("lies between the first day and the last, both included", () => {
    expect(daysBetween("1970-01-02T23:59:00Z", "1970-01-04T00:00:00Z")).toEqual({ begin: 1, count: 3 });
    expect(daysBetween("1970-01-02T00:00:00Z", "1970-01-02T00:00:00Z").count).toBe(1);
  });
});
