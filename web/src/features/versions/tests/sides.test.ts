import { describe, expect, it } from "vitest";
import { comparedOf, type Named, usualOf } from "../sides.ts";

describe("what is compared", () => {
  it("stands in the address, and nothing else is taken from there", () => {
    expect(comparedOf({ from: "2", to: "draft", view: "parts" })).toEqual({
      from: 2,
      to: "draft",
      view: "parts",
    });
    expect(comparedOf({ from: "x", to: -1, other: "", view: "odd" })).toEqual({});
  });

  const sides: Named[] = ["draft", 3, 2, 1];
  it.each([
    [sides, {}, { from: 3, to: "draft" }],
    [[3, 2, 1], {}, { from: 2, to: 3 }],
    [sides, { to: 2 }, { from: 1, to: 2 }],
    [sides, { to: 1 }, { from: "draft", to: 1 }],
    [sides, { from: 1 }, { from: 1, to: "draft" }],
    [[1], {}, null],
    [[], {}, null],
  ] as const)("of %j with %j is %j", (all, said, wanted) => {
    expect(usualOf([...all], said)).toEqual(wanted);
  });
});
