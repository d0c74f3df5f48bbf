import { expect, it } from "vitest";
import type { Entry } from "../queries.ts";
import { saysOf } from "../timeline/entry_words.ts";

const bought = (properties: object): Entry =>
  ({ what: "event", type: "order_completed", at: "2026-03-02T19:00:00Z", properties }) as Entry;

it("tells lists and objects without the signs of JSON", () => {
  const products = [{ name: "Cat fountain", unit_price: 39.9 }, { name: "Filter" }];
  expect(saysOf(bought({ products, tags: ["gift", "first"], paid: true, coupon: "" }))).toEqual([
    ["products", "name: Cat fountain, unit price: 39.9; name: Filter"],
    ["tags", "gift, first"],
    ["paid", "true"],
  ]);
});
