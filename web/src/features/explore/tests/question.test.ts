import { describe, expect, it } from "vitest";
import { comparisonOf, midnight, questionOf } from "../question.ts";
import { type View, viewOf } from "../view.ts";

describe("the address", () => {
  it("says what it can mean, and nothing else", () => {
    const said = {
      from: "2026-03-01",
      to: "2026-13-40",
      channels: ["web", "mail"],
      bots: false,
      segment: "  ",
      steps: ["a", 3],
      days: -1,
      period: "year",
      a: { channel: "web", from: "soon", other: 1 },
      left: "over",
    };
    expect(viewOf(said)).toEqual({
      from: "2026-03-01",
      channels: ["web", "mail"],
      bots: false,
      a: { channel: "web" },
    });
  });

  it("stands for itself: read again, it says the same", () => {
    const view: View = { from: "2026-03-01", steps: ["a", "b"], rolling: true, a: { segment: "x" } };
    expect(viewOf({ ...view })).toEqual(view);
    expect(viewOf({ ...viewOf({ ...view }) })).toEqual(view);
  });
});

describe("a question", () => {
  it("reaches to the end of the last day", () => {
    expect(questionOf("variants", { from: "2026-03-01", to: "2026-03-01" })!.filter).toMatchObject({
      start: "2026-03-01T00:00:00.000Z",
      stop: "2026-03-02T00:00:00.000Z",
    });
    expect(midnight("2026-02-28", 1)).toBe("2026-03-01T00:00:00.000Z");
  });

  it("waits for what it needs", () => {
    expect(questionOf("funnel", { steps: ["a"] })).toBeNull();
    expect(questionOf("funnel", { steps: ["a", " "] })).toBeNull();
    expect(questionOf("paths", {})).toBeNull();
    expect(questionOf("funnel", { steps: ["a", "b"], days: 2 })).toMatchObject({
      steps: [{ rule: "a" }, { rule: "b" }],
      window_seconds: 172_800,
    });
  });
});

describe("a comparison", () => {
  it("is asked when a group is said", () => {
    expect(comparisonOf("variants", {})).toBeNull();
    expect(comparisonOf("variants", { a: { name: "only a name" } })).toBeNull();
    expect(comparisonOf("positions", { a: { channel: "web" } })?.of.analysis).toBe("positions");
    expect(comparisonOf("funnel", { a: { channel: "web" } })).toBeNull();
  });

  it("names groups by what makes them, and leaves the second to all others", () => {
    const asked = comparisonOf("touchpoints", { a: { channel: "web" } })!;
    expect(asked.a).toMatchObject({ name: "web", column: { name: "channel", value: "web" } });
    expect("b" in asked).toBe(false);
    const both = comparisonOf("touchpoints", {
      a: { from: "2026-01-01", to: "2026-01-31" },
      b: { segment: "cart ~> order" },
    })!;
    expect(both.a).toMatchObject({ stop: "2026-02-01T00:00:00.000Z" });
    expect(both.b).toMatchObject({ name: "cart ~> order", segment: "cart ~> order" });
  });
});
