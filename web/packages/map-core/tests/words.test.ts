import { describe, expect, it } from "vitest";
import {
  emotionPoints,
  Formats,
  readHash,
  ruleInWords,
  START,
  tableForm,
  writeHash,
} from "../src/index.ts";
import { column, figures } from "./made.ts";

const say = (key: string, values: Record<string, string | number> = {}): string =>
  [key, ...Object.values(values)].join(" ");

describe("a rule in words", () => {
  it("names its event", () => {
    expect(ruleInWords({ type: "event", in: ["order"] }, say)).toBe("rule.event “order”");
  });

  it("joins its parts", () => {
    const rule = {
      type: "all",
      rules: [
        { type: "event", in: ["order", "buy"] },
        { type: "property", name: "value", op: "gt", value: 50 },
      ],
    };
    expect(ruleInWords(rule, say)).toBe("rule.events “order”, “buy” rule.and rule.gt value “50”");
  });

  it("stays silent about what it does not know", () => {
    expect(
      ruleInWords({ type: "sequence", steps: [{ rule: { type: "event", in: ["a"] } }] }, say),
    ).toBeNull();
    expect(ruleInWords({ type: "any", rules: [{ type: "count", at_least: 3 }] }, say)).toBeNull();
  });
});

describe("the address", () => {
  it("is read back as it was written", () => {
    const state = { view: "flow", open: "cart & go", least: 12, filter: "é x", path: 3 } as const;
    expect(readHash(writeHash(state))).toEqual(state);
  });

  it("is empty for the start", () => {
    expect(writeHash(START)).toBe("");
    expect(readHash("")).toEqual(START);
  });

  it("forgives nonsense", () => {
    expect(readHash("#view=moon&least=-4&path=x")).toEqual(START);
  });
});

describe("the table form", () => {
  it("has a row for each touchpoint and a column for each lane", () => {
    const lane = {
      key: "pain",
      kind: "pain",
      name: "Pains",
      cells: { b: { text: "slow", evidence: "declared" as const } },
    };
    const table = tableForm(
      [column("a", 0), column("b", 1, { figures: null })],
      [lane],
      new Formats("en", "en"),
      say,
    );
    expect(table.head).toHaveLength(9);
    expect(table.rows.map((r) => r.cells.length)).toEqual([9, 9]);
    expect(table.rows[1]!.cells.at(-1)).toBe("slow");
    expect(table.rows[0]!.cells[1]).toBe("a");
  });
});

describe("the emotion curve", () => {
  const felt = (n: number, mean: number | null) =>
    figures("x", { emotion: { n, mean, low: mean, high: mean } });

  it("is empty when nobody was asked", () => {
    expect(emotionPoints([column("a", 0)])).toEqual([]);
  });

  it("breaks where too few answered", () => {
    const points = emotionPoints([
      column("a", 0, { figures: felt(50, 1) }),
      column("b", 1, { figures: felt(3, 2) }),
      column("c", 2),
    ]);
    expect(points.map((p) => [p.n, p.mean])).toEqual([
      [50, 1],
      [3, null],
      [0, null],
    ]);
  });
});
