import type { MapFile } from "@desireline/map-core";
import { describe, expect, it } from "vitest";
import { aligned, countsOf, type Difference } from "../aligned.ts";

function file(stages: Record<string, string[]>): MapFile {
  return {
    map: {
      stages: Object.entries(stages).map(([key, points]) => ({
        key,
        name: key,
        touchpoints: points.map((point) => ({ key: point, name: point })),
      })),
    },
    figures: { touchpoints: [{ key: "cart", persons: 7 }] },
  } as unknown as MapFile;
}
const difference = (part: string, key: string, what: string, touchpoint: string | null = null): Difference =>
  ({ part, key, what, touchpoint, name: key, fields: [] }) as Difference;

describe("two maps side by side", () => {
  const before = file({ first: ["ad", "search"], buy: ["cart", "coupon", "order"] });
  const after = file({ first: ["ad", "advice", "search"], buy: ["order", "cart"] });
  const differences = [
    difference("touchpoint", "advice", "added"),
    difference("touchpoint", "order", "moved"),
    difference("touchpoint", "coupon", "removed"),
    difference("cell", "think", "changed", "cart"),
    difference("stage", "buy", "changed"),
  ];
  const rows = aligned(before, after, differences);

  it("stand in the order of the later, what it lost behind what stood before it", () => {
    expect(rows.map((row) => row.key)).toEqual(["ad", "advice", "search", "order", "cart", "coupon"]);
  });

  it("say what became of each touchpoint, of its cells too", () => {
    expect(Object.fromEntries(rows.map((row) => [row.key, row.what.join()]))).toEqual({
      ad: "",
      advice: "added",
      search: "",
      order: "moved",
      cart: "changed",
      coupon: "removed",
    });
    expect(rows.find((row) => row.key === "advice")?.before).toBeNull();
    expect(rows.find((row) => row.key === "coupon")?.after).toBeNull();
  });

  it("have figures where the file has them", () => {
    expect(rows.find((row) => row.key === "cart")?.after?.figures?.persons).toBe(7);
    expect(rows.find((row) => row.key === "ad")?.after?.figures).toBeNull();
  });

  it("keep what is lost from the beginning at the beginning", () => {
    const lost = aligned(file({ a: ["x", "y"] }), file({ a: ["y"] }), []);
    expect(lost.map((row) => row.key)).toEqual(["x", "y"]);
  });

  it("are counted by what became of their parts", () => {
    expect(countsOf(differences)).toEqual([
      ["added", 1],
      ["removed", 1],
      ["changed", 2],
      ["moved", 1],
    ]);
  });
});
