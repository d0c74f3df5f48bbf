import { type Cell, LANE_KINDS } from "@desireline/map-core";
import { describe, expect, it } from "vitest";
import { dayOf, isEmpty, isForeignPicture, isOwnPicture, withField } from "../cell.ts";
import { afterKey, feelingAt, heightOf, measuredIn, runsOf, stepped } from "../curve.ts";
import { FIELDS } from "../fields.tsx";

const cell: Cell = { text: "", evidence: "declared", n: null };

describe("a cell", () => {
  it("has an editor for each field that a kind of lane takes", () => {
    const taken = new Set(Object.values(LANE_KINDS).flatMap((form) => form.takes));
    expect([...taken].filter((field) => FIELDS[field] === undefined)).toEqual([]);
  });

  it("loses a field that is emptied, and is nothing without any", () => {
    const felt = withField(cell, "value", -1);
    expect(felt).toEqual({ ...cell, value: -1 });
    expect(withField(felt, "value", null)).toEqual(cell);
    expect(withField(withField(cell, "channels", ["web"]), "channels", [])).toEqual(cell);
    expect([isEmpty(cell), isEmpty(felt)]).toEqual([true, false]);
    expect(isEmpty(withField(cell, "evidence", "observed"))).toBe(false);
    expect(isEmpty(withField(cell, "n", 0))).toBe(false);
    expect(withField({ ...cell, text: "a" }, "text", "")).toEqual(cell);
  });

  it("shows pictures at addresses alone, and days of times", () => {
    const own = ["/pictures/b.png", "data:image/webp;base64,UklGR"];
    const foreign = ["https://a.example/b.png", "http://a.example/b"];
    const none = ["//a.example/b.png", "javascript:alert(1)", "data:text/html;base64,PGI+", "data:image/svg+xml;base64,PHN2", "b.png"];
    const all = [...own, ...foreign, ...none];
    expect(all.filter(isOwnPicture)).toEqual(own);
    expect(all.filter(isForeignPicture)).toEqual(foreign);
    expect([dayOf("2026-03-01T10:00:00Z"), dayOf("2026-03-01"), dayOf("in March")]).toEqual([
      "2026-03-01",
      "2026-03-01",
      "",
    ]);
  });
});

describe("the curve", () => {
  it("reads a height as the feeling that stands there", () => {
    for (const value of [-2, -1.5, 0, 0.5, 2]) expect(feelingAt(heightOf(value))).toBe(value);
    expect(feelingAt(-100)).toBe(2);
    expect(feelingAt(1_000)).toBe(-2);
  });

  it("moves by keys, never out of its bounds", () => {
    expect(afterKey(null, "ArrowUp")).toBe(0.5);
    expect(afterKey(2, "ArrowUp")).toBe(2);
    expect(afterKey(0.5, "PageDown")).toBe(-0.5);
    expect([afterKey(1, "Home"), afterKey(1, "End"), afterKey(1, "a")]).toEqual([-2, 2, null]);
    expect(Object.is(stepped(-0.1), 0)).toBe(true);
  });

  it("breaks where nothing is said", () => {
    const runs = runsOf([1, null, null, 2, 3], (one) => one !== null);
    expect(runs.map((run) => run.map(({ at }) => at))).toEqual([[0], [3, 4]]);
    expect(runsOf([null], (one) => one !== null)).toEqual([]);
  });

  it("says nothing of a few answers but how many they are", () => {
    const emotion = { n: 4, mean: 1, low: 0, high: 2 };
    expect(measuredIn({ emotion } as never)).toEqual({ n: 4, measured: null });
    expect(measuredIn({ emotion: { ...emotion, n: 5 } } as never)).toEqual({
      n: 5,
      measured: { ...emotion, n: 5 },
    });
    expect(measuredIn(undefined)).toEqual({ n: 0, measured: null });
  });
});
