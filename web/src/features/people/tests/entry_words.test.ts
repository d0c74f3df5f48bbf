import { expect, it } from "vitest";
import type { Entry } from "../queries.ts";
import { endsOf, isWebAddress, saysOf } from "../timeline/entry_words.ts";

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

it("tells both ends of a merge by name", () => {
  const by = [
    { subject: 3, kind: "email", value: "ann@example.com" },
    { subject: 9, kind: "user_id", value: "4711" },
  ];
  expect(endsOf({ ...bought({}), by })).toBe("email ann@example.com + user_id 4711");
});

it.each([
  ["https://files.example/invoice.pdf", true],
  ["HTTP://files.example/a", true],
  ["javascript:alert(1)", false],
  ["/etc/passwd", false],
  [null, false],
])("a document leads to a page of the web only: %s", (url, leads) => {
  expect(isWebAddress(url)).toBe(leads);
});
