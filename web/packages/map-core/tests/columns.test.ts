import { describe, expect, it } from "vitest";
import { bandsOf, columnsOf, filterColumns, scrollToColumn, visibleRange } from "../src/index.ts";
import { mapFile } from "./made.ts";

const columns = columnsOf(mapFile({ look: ["ad", "visit"], buy: ["cart"], stay: ["mail"] }));

describe("columns", () => {
  it("stand in the map's order, each with its stage and its tint", () => {
    expect(columns.map((c) => [c.key, c.stage, c.tint, c.index])).toEqual([
      ["ad", "look", 1, 0],
      ["visit", "look", 1, 1],
      ["cart", "buy", 2, 2],
      ["mail", "stay", 3, 3],
    ]);
  });

  it("have no figures where the file has none", () => {
    expect(columns[0]!.figures).toBeNull();
    expect(columns[1]!.figures?.key).toBe("visit");
  });

  it("start the ramp of tints again after five stages", () => {
    const many = columnsOf(
      mapFile({ a: ["a1"], b: ["b1"], c: ["c1"], d: ["d1"], e: ["e1"], f: ["f1"] }),
    );
    expect(many.map((c) => c.tint)).toEqual([1, 2, 3, 4, 5, 1]);
  });
});

describe("the filter", () => {
  it("finds by name and by stage, whatever the case", () => {
    expect(filterColumns(columns, " CAR ").map((c) => c.key)).toEqual(["cart"]);
    expect(filterColumns(columns, "look").map((c) => c.key)).toEqual(["ad", "visit"]);
  });

  it("keeps all columns for no words and none for unknown words", () => {
    expect(filterColumns(columns, "  ")).toBe(columns);
    expect(filterColumns(columns, "zebra")).toEqual([]);
  });

  it("keeps the place in the whole map", () => {
    expect(filterColumns(columns, "mail")[0]!.index).toBe(3);
  });
});

describe("bands", () => {
  it("cover the shown columns, one for each stage", () => {
    expect(bandsOf(columns).map((b) => [b.key, b.first, b.count])).toEqual([
      ["look", 0, 2],
      ["buy", 2, 1],
      ["stay", 3, 1],
    ]);
  });
});

describe("the window", () => {
  it("holds the columns in sight and two more at each side", () => {
    expect(visibleRange(168 * 10, 168 * 4, 168, 200)).toEqual({ first: 8, last: 16 });
  });

  it("ends at the ends", () => {
    expect(visibleRange(0, 5000, 168, 4)).toEqual({ first: 0, last: 3 });
  });

  it("moves only as far as needed to show a column", () => {
    expect(scrollToColumn(3, 100, 0, 1000)).toBe(0);
    expect(scrollToColumn(12, 100, 0, 1000)).toBe(300);
    expect(scrollToColumn(2, 100, 500, 1000)).toBe(200);
  });
});
