import { describe, expect, it } from "vitest";
import { patternText, type PatternTree, quotedName } from "../src/index.ts";

const one = (...names: string[]): PatternTree => ({ type: "one", in: names });
const any: PatternTree = { type: "one", negated: true };
const text = (tree: PatternTree, more: object = {}): string =>
  patternText({ type: "pattern", tree, ...more });

/** The trees and texts are those that the program's own parser gives for docs/patterns.md. */
describe("a pattern as text", () => {
  it.each<[string, PatternTree]>([
    ["cart", one("cart")],
    [".", any],
    ["[cart order]", one("cart", "order")],
    ["[^cart]", { type: "one", in: ["cart"], negated: true }],
    ["a -> b", { type: "then", parts: [one("a"), one("b")] }],
    ["a ~> b", { type: "then", parts: [one("a"), { type: "repeat", part: any }, one("b")] }],
    ["a | b -> c", { type: "either", parts: [one("a"), { type: "then", parts: [one("b"), one("c")] }] }],
    ["(a -> b){2}", { type: "repeat", part: { type: "then", parts: [one("a"), one("b")] }, at_least: 2, at_most: 2 }],
    ["a+", { type: "repeat", part: one("a"), at_least: 1 }],
    ["a?", { type: "repeat", part: one("a"), at_most: 1 }],
    ["a{2,}", { type: "repeat", part: one("a"), at_least: 2 }],
    ["a{2,5}", { type: "repeat", part: one("a"), at_least: 2, at_most: 5 }],
  ])("is written %s", (wanted, tree) => {
    expect(text(tree)).toBe(wanted);
  });

  it("tells beginning, end and window", () => {
    const more = { from_start: true, to_end: true, within_seconds: 259_200 };
    expect(text(one("a"), more)).toBe("^ a $ within 3d");
    expect(text(one("a"), { within_seconds: 5_400 })).toBe("a within 90min");
    expect(text(one("a"), { within_seconds: 1.5 })).toBe("a within 1.5s");
  });

  it("quotes what is no bare word", () => {
    expect(quotedName("add to cart")).toBe('"add to cart"');
    expect(quotedName("within")).toBe('"within"');
    expect(quotedName("page/home")).toBe("page/home");
    expect(quotedName("zamówienie")).toBe("zamówienie");
    expect(quotedName('5" screen')).toBe('"5\\" screen"');
  });
});
