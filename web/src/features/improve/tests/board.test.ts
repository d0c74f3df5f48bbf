import { describe, expect, it } from "vitest";
import { type Card, cardsOf, dotsOf, inColumn, nextTo, places } from "../board.ts";
import type { Improvement, Opportunity } from "../queries.ts";
import { remedyOf } from "../remedies.ts";

const noted = (id: number, said: Partial<Opportunity> = {}): Opportunity =>
  ({ id, title: `o${id}`, state: "weakness", priority: null, found_in: {}, ...said }) as Opportunity;
const scored = (id: number, effort: number, value: number): Opportunity =>
  noted(id, {
    state: "opportunity",
    effort,
    customer_value: value,
    business_value: value,
    priority: value / effort,
  });
const done = (id: number, opportunity: number, state: Improvement["state"]): Improvement =>
  ({ id, opportunity, state, title: `i${id}` }) as Improvement;
const ids = (cards: Card[]): string[] => cards.map((card) => card.id);

describe("the board", () => {
  it("shows an opportunity until something is done about it", () => {
    const opportunities = [noted(1), scored(2, 1, 3), scored(3, 2, 4)];
    expect(ids(cardsOf(opportunities, [done(7, 2, "doing")]))).toEqual(["o1", "o3", "i7"]);
    expect(ids(cardsOf(opportunities, [done(7, 2, "dropped")]))).toEqual(["o1", "o2", "o3"]);
    expect(cardsOf([noted(1, { state: "dropped" })], [done(7, 1, "doing")])).toEqual([]);
  });

  it("puts first what gives most for the effort", () => {
    const cards = cardsOf([scored(1, 4, 4), scored(2, 1, 3), scored(3, 2, 2)], []);
    expect(ids(inColumn(cards, "opportunity"))).toEqual(["o2", "o1", "o3"]);
  });

  it("moves a card by one column, and not beyond what it is", () => {
    const [weak, doing] = cardsOf([noted(1), scored(2, 1, 3)], [done(7, 2, "planned")]);
    expect([nextTo(weak!, 1), nextTo(weak!, -1)]).toEqual(["opportunity", undefined]);
    expect([nextTo(doing!, 1), nextTo(doing!, -1)]).toEqual(["doing", undefined]);
  });

  it("numbers the picture by the order, and joins what lies on one place", () => {
    const cards = cardsOf([scored(1, 2, 4), scored(2, 1, 5), scored(3, 2, 4), noted(4)], []);
    const dots = dotsOf(cards);
    expect(dots.map((dot) => [dot.number, dot.id])).toEqual([
      [1, "o2"],
      [2, "o1"],
      [3, "o3"],
    ]);
    expect(places(dots).map((here) => here.length)).toEqual([1, 2]);
  });
});

describe("remedies", () => {
  it("fit kinds of findings, and are none where nobody knows any", () => {
    expect([remedyOf("late"), remedyOf("unanswered"), remedyOf("failed")]).toEqual(["wait", "wait", "error"]);
    expect(remedyOf("constructor")).toBeNull();
  });
});
