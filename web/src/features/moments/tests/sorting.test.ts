import { describe, expect, it } from "vitest";
import type { Moment } from "../queries.ts";
import { belief, dotsOf, partsOf, reachOf } from "../sorting.ts";

const moment = (touchpoint: string, part: Partial<Moment> = {}): Moment =>
  ({ touchpoint, nominated: false, surprise: false, to_customer: null, to_company: null, effect: null, ...part }) as Moment;
const effect = (difference: number, low: number, high: number): Moment["effect"] =>
  ({ difference, low, high }) as Moment["effect"];

describe("what staff believe", () => {
  it("is the mean of what was said", () => {
    expect(belief(moment("a", { to_customer: 5, to_company: 2 }))).toBe(3.5);
    expect(belief(moment("a", { to_customer: 4 }))).toBe(4);
    expect(belief(moment("a"))).toBeNull();
  });
});

describe("the parts of the page", () => {
  it("hold each touchpoint once, those compared before the others", () => {
    const all = [
      moment("n", { nominated: true }),
      moment("empty"),
      moment("s", { surprise: true, effect: effect(0.2, 0.1, 0.3) }),
      moment("compared", { effect: effect(0, -0.1, 0.1) }),
    ];
    const { nominated, surprises, others } = partsOf(all);
    expect([nominated, surprises, others].map((part) => part.map((one) => one.touchpoint))).toEqual([
      ["n"],
      ["s"],
      ["compared", "empty"],
    ]);
  });
});

describe("the picture", () => {
  const one = moment("a", { to_customer: 5, to_company: 5, effect: effect(0.2, 0.1, 0.4) });

  it("reaches as far as the farthest interval, and not beyond a half", () => {
    expect(reachOf([one])).toBe(0.4);
    expect(reachOf([])).toBe(0.1);
    expect(reachOf([moment("b", { effect: effect(0.6, 0.2, 0.9) })])).toBe(0.5);
  });

  it("has a dot only where both are known", () => {
    expect(dotsOf([one, moment("b", { to_customer: 1 })], 0.4)).toEqual([{ moment: one, x: 1, y: 0.75 }]);
  });
});
