import { describe, expect, it } from "vitest";
import type { AnyAnswer, AnyQuestion } from "../../explore/asking.ts";
import { figureAt, figuresOf, spelled, standing } from "../figures.ts";
import { guessed, NEEDS, planned, READY } from "../make/ready_made.ts";
import type { ShownTile } from "../queries.ts";
import { moved, without } from "../tiles/order.ts";
import { narrowed, wholeOf } from "../whole.ts";

const share = { n: 100, count: 30, share: 0.3, low: 0.22, high: 0.4 };
const funnel = {
  analysis: "funnel",
  result: {
    converted: share,
    time_to_convert: { n: 30, mean: 60, p50: 50, p90: 90 },
    steps: [
      { name: "a", reached: 100, share_of_first: share, share_of_previous: share },
      { name: "b", reached: 30, share_of_first: share, share_of_previous: share },
    ],
  },
} as unknown as AnyAnswer;

describe("a figure", () => {
  it("is found again at its address, however that is written", () => {
    const addresses = figuresOf(funnel).map((one) => spelled(one.address));
    expect(addresses).toContain('["converted","share"]');
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(figureAt(funnel, ["steps", 1, "reached"])?.value).toBe(30);
    expect(spelled([{ to: "b", from: "a" }])).toBe(spelled([{ from: "a", to: "b" }]));
  });

  it("meets a target for sure only with its whole interval", () => {
    const figure = figureAt(funnel, ["converted", "share"]);
    expect(standing(figure, "at_least", 0.2)).toBe("met");
    expect(standing(figure, "at_least", 0.3)).toBe("unsure");
    expect(standing(figure, "at_least", 0.5)).toBe("missed");
    expect(standing(figure, "at_most", 0.5)).toBe("met");
    expect(standing(figure, "at_most", 0.2)).toBe("missed");
    expect(standing(undefined, "at_most", 0.2)).toBe("unknown");
  });
});

const tile = (name: string): ShownTile => ({
  name,
  title: "",
  view: "chart",
  place: { x: 0, y: 0, w: 6, h: 4 },
  targets: [],
});

describe("the order of tiles", () => {
  const tiles = ["a", "b", "c"].map(tile);
  const names = (of: ShownTile[]): (string | undefined)[] => of.map((one) => one.name);

  it("is changed by one tile, and numbered anew", () => {
    const found = moved(tiles, 2, 0);
    expect(names(found)).toEqual(["c", "a", "b"]);
    expect(found.map((one) => one.place?.y)).toEqual([0, 1, 2]);
    expect(names(moved(found, 0, 2))).toEqual(["a", "b", "c"]);
    expect(names(without(tiles, 1))).toEqual(["a", "c"]);
  });
});

describe("a question on a dashboard", () => {
  const question = { analysis: "variants", segment: "cart", filter: { start: "2026-01-01", channels: ["web"] } };

  it("is as it was kept where nothing is said of the dashboard", () => {
    expect(narrowed(question as unknown as AnyQuestion, {})).toEqual(question);
  });

  it("is of the period of the dashboard, and of both segments", () => {
    const found = narrowed(question as unknown as AnyQuestion, { last: 30, segment: "order" });
    expect(found).toMatchObject({ segment: ["cart", "order"], filter: { last_days: 30, channels: ["web"] } });
    expect(found.analysis === "compare" ? null : found.filter?.start).toBeUndefined();
  });

  it("is narrowed within a comparison", () => {
    const compared = { analysis: "compare", of: question, a: {} } as unknown as AnyQuestion;
    expect(narrowed(compared, { segment: "order" })).toMatchObject({ of: { segment: ["cart", "order"] } });
  });

  it("reads from the address only what it can mean", () => {
    expect(wholeOf({ last: 30, segment: " ", from: "soon", steps: ["a"] })).toEqual({ last: 30 });
  });
});

describe("a ready-made dashboard", () => {
  it("guesses the events of a shop by their names", () => {
    const events = ["page_viewed", "product_viewed", "cart_reminder_sent", "product_added", "order_completed"];
    expect(guessed(events)).toEqual({
      look: "product_viewed",
      cart: "product_added",
      order: "order_completed",
      again: "order_completed",
    });
    expect(guessed(["purchase", "add_to_cart", "order_repeated"])).toMatchObject({
      cart: "add_to_cart",
      order: "purchase",
      again: "order_repeated",
    });
    expect(guessed(["call_made"])).toEqual({});
  });

  it("asks only about events that it has asked for", () => {
    for (const ready of READY) {
      const named = { look: "?", cart: "?", order: "?", again: "?" };
      for (const role of NEEDS[ready]) named[role] = role;
      expect(JSON.stringify(planned(ready, named))).not.toContain("?");
    }
  });
});
