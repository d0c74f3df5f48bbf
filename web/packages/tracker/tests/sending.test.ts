import { describe, expect, it } from "vitest";
import { bodyOf, isFinal, waitAfter } from "../src/sending.ts";

describe("bodyOf", () => {
  it("is what the server takes", () => {
    const body = bodyOf('w"k', ['{"id":"1"}', '{"id":"2"}'], Date.UTC(2026, 2, 1));
    expect(JSON.parse(body)).toEqual({
      write_key: 'w"k',
      sent_at: "2026-03-01T00:00:00.000Z",
      events: [{ id: "1" }, { id: "2" }],
    });
  });
});

describe("waitAfter", () => {
  it("doubles, and ends at five minutes", () => {
    expect([1, 2, 3, 4, 20, 5000].map((n) => waitAfter(n, 0))).toEqual([
      1000, 2000, 4000, 8000, 300_000, 300_000,
    ]);
  });

  it("spreads pages that all heard the same silence", () => {
    expect(waitAfter(3, 1)).toBe(2000);
    expect(waitAfter(3, 0.5)).toBe(3000);
  });
});

describe("isFinal", () => {
  it("is a body that will never be taken; a key or a quota may be mended", () => {
    expect([400, 413, 415, 422].every(isFinal)).toBe(true);
    expect([200, 401, 403, 404, 408, 429, 500, 502, 503, 507].some(isFinal)).toBe(false);
  });
});
