import { describe, expect, it } from "vitest";
import { Reading } from "../src/reading.ts";

describe("Reading", () => {
  it("counts visible time only", () => {
    const reading = new Reading();
    reading.show(true, 0);
    reading.show(false, 4000);
    reading.show(true, 60_000);
    expect(reading.take(61_500, 100)?.visible_seconds).toBe(5.5);
  });

  it("says each second once", () => {
    const reading = new Reading();
    reading.show(true, 0);
    const parts = [1500, 4000, 4200, 9000].map((at) => reading.take(at, 100)?.visible_seconds ?? 0);
    expect(parts).toEqual([1.5, 2.5, 0, 5]);
  });

  it("says nothing of a page that nobody saw", () => {
    const reading = new Reading();
    reading.show(false, 0);
    expect(reading.take(60_000, 100)).toBeNull();
  });

  it("says how far down the page was seen, at most", () => {
    const reading = new Reading();
    reading.show(true, 0);
    for (const edge of [800, 1500, 900]) reading.reach(edge);
    expect(reading.take(2000, 3000)?.scroll_percent).toBe(50);
    expect(reading.take(4000, 3000)?.scroll_percent).toBe(50);
    reading.reach(3001);
    expect(reading.take(6000, 3000)?.scroll_percent).toBe(100);
  });

  it("begins anew with another page", () => {
    const reading = new Reading();
    reading.show(true, 0);
    reading.reach(1000);
    reading.restart(5000);
    expect(reading.take(5500, 1000)).toBeNull();
    expect(reading.take(6500, 1000)).toEqual({ visible_seconds: 1.5, scroll_percent: 0 });
  });
});
