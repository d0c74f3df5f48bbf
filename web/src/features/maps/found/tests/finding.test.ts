import { expect, test } from "vitest";
import { byTouchpoint, type Finding, heightOf, pageOf } from "../finding.ts";

const finding = (touchpoint: string, kind: Finding["kind"], key = kind as string): Finding => ({
  key,
  kind,
  touchpoint,
  row: `${kind}-${touchpoint}`,
  harms: true,
  name: "",
  small: "",
  sentence: "",
});

test("findings stand at their touchpoints, in the order told, and nowhere else", () => {
  const all = [finding("cart", "pain"), finding("gone", "pain"), finding("cart", "moment")];
  const found = byTouchpoint(all, new Set(["cart", "order"]));
  expect([...found.keys()]).toEqual(["cart"]);
  expect(found.get("cart")!.map((one) => one.kind)).toEqual(["pain", "moment"]);
});

test("each leads to its page", () => {
  expect(pageOf(finding("cart", "pain"))).toBe("/maps/$key/pains");
  expect(pageOf(finding("cart", "ending"))).toBe("/maps/$key/endings");
  expect(pageOf(finding("cart", "line"))).toBe("/maps/$key/desire-lines");
});

test("the lane is as high as its fullest cell, and no higher than three and a rest", () => {
  const high = (n: number) =>
    heightOf(new Map([["cart", Array.from({ length: n }, (_, at) => finding("cart", "pain", `${at}`))]]));
  expect(high(2)).toBeGreaterThan(high(1));
  expect(high(4)).toBeGreaterThan(high(3));
  expect(high(9)).toBe(high(4));
});
