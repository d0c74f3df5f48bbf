import { describe, expect, it } from "vitest";
import { shop } from "../../../../packages/map-core/tests/changing.ts";
import { MAP, placeOf, type Selected, selectedAt, standing } from "../draft/selection.ts";

const all: Selected[] = [
  MAP,
  { kind: "stage", key: "purchase" },
  { kind: "touchpoint", key: "a/b c" },
  { kind: "lane", key: "думать" },
  { kind: "cell", lane: "think", touchpoint: "cart" },
];

describe("what is chosen", () => {
  it.each(all)("is told to others and read again: %o", (selected) => {
    expect(selectedAt(placeOf(selected))).toEqual(selected);
  });

  it("is told as the server's description has it", () => {
    expect(placeOf(all[4]!)).toBe("cell/think/cart");
    expect(placeOf(MAP)).toBe("");
  });

  it("is the map where a place is none", () => {
    for (const place of ["", "nothing", "a/b/c", "%"]) expect(selectedAt(place)).toEqual(MAP);
  });

  it("is the map where it has gone", () => {
    const map = shop();
    const there: Selected = { kind: "cell", lane: "think", touchpoint: "cart" };
    expect(standing(map, there)).toBe(there);
    expect(standing({ ...map, lanes: [] }, there)).toEqual(MAP);
    expect(standing(map, { kind: "stage", key: "none" })).toEqual(MAP);
  });
});
