import { randomFillSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cut, isName, newId, typeOf, worthOf } from "../src/events.ts";

const random = (bytes: Uint8Array<ArrayBuffer>): void => void randomFillSync(bytes);

describe("typeOf", () => {
  it.each([
    ["Product Added", "product_added"],
    ["Order Completed", "order_completed"],
    ["productAdded", "product_added"],
    ["product_added", "product_added"],
    ["  Coupon - Applied! ", "coupon_applied"],
    ["Opened PDF", "opened_pdf"],
    ["Größe gewählt", "größe_gewählt"],
    ["Товар добавлен", "товар_добавлен"],
    ["step 2 reached", "step_2_reached"],
    ["!?", ""],
    [undefined, ""],
    [null, ""],
  ])("writes %j as %j", (name, type) => {
    expect(typeOf(name)).toBe(type);
  });

  it("stays within the log's 200 characters, and never cuts one in two", () => {
    expect(typeOf("a".repeat(500))).toHaveLength(200);
    expect([...typeOf("𐐨".repeat(500))]).toHaveLength(200);
    expect(typeOf("𐐨".repeat(500)).isWellFormed()).toBe(true);
  });

  it("changes nothing when done twice", () => {
    for (const name of ["Product Added", "aB cD", "Größe-gewählt"]) {
      expect(typeOf(typeOf(name))).toBe(typeOf(name));
    }
  });
});

describe("cut", () => {
  it("counts characters, not halves of them", () => {
    expect(cut("ab", 2)).toBe("ab");
    expect(cut("😀😀😀", 2)).toBe("😀😀");
  });
});

describe("worthOf", () => {
  it.each([
    [{ value: 5, currency: "EUR" }, { value: 5, currency: "EUR" }],
    [{ total: 27.5, revenue: 25, currency: "usd" }, { value: 27.5, currency: "USD" }],
    [{ revenue: "25.00" }, { value: 25 }],
    [{ value: 0, total: 9 }, { value: 0 }],
    [{ value: null, total: 9 }, { value: 9 }],
    [{ value: "", total: " " }, {}],
    [{ value: true }, {}],
    [{ value: "39,90", currency: "€" }, {}],
    [{ value: Number.NaN, total: Number.POSITIVE_INFINITY }, {}],
    [{ value: 2 ** 54 }, {}],
    [{ currency: "EURO" }, {}],
    [{ price: 9 }, {}],
  ])("of %j is %j", (properties, worth) => {
    expect(worthOf(properties)).toEqual(worth);
  });
});

describe("isName", () => {
  it("takes what the log takes", () => {
    for (const name of ["42", 42, 0, -1, "ann@example.com", "x".repeat(200)]) {
      expect(isName(name)).toBe(true);
    }
  });

  it("takes nothing that would make the log refuse the event", () => {
    for (const name of ["", "  ", "x".repeat(201), 1.5, 2 ** 60, Number.NaN, null, undefined, {}]) {
      expect(isName(name)).toBe(false);
    }
  });
});

describe("newId", () => {
  it("is a UUID of version 7 that begins with its time", () => {
    const id = newId(Date.UTC(2026, 2, 1), random);
    expect(id).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
    expect(Number.parseInt(id.slice(0, 12), 16)).toBe(Date.UTC(2026, 2, 1));
  });

  it("does not come twice", () => {
    const ids = Array.from({ length: 10_000 }, () => newId(0, random));
    expect(new Set(ids).size).toBe(10_000);
  });
});
