import { describe, expect, it } from "vitest";
import { viewOfKept } from "../kept/view_of.ts";
import { comparisonOf, questionOf } from "../question.ts";
import type { Analysis, View } from "../view.ts";

const common: View = {
  from: "2026-02-27",
  to: "2026-03-01",
  channels: ["web", "mail"],
  bots: false,
  segment: "cart ~> order",
  visits: true,
};
const own: Record<Analysis, View> = {
  transitions: { outcome: "order" },
  funnel: { steps: ["view", "cart -> order"], days: 3, by: "channel" },
  paths: { anchor: "cart" },
  variants: { outcome: "order" },
  touchpoints: { outcome: "order" },
  positions: { outcome: "order" },
  retention: { begins: "sign_up", back: "order", period: "month", rolling: true },
};

describe("a kept question", () => {
  it.each(Object.keys(own) as Analysis[])("of %s shows the page it was asked on", (analysis) => {
    const view = { ...common, ...own[analysis] };
    expect(viewOfKept(questionOf(analysis, view)!)).toEqual({ analysis, view });
  });

  it("that compares comes back with both groups", () => {
    const view: View = { ...own.funnel, a: { channel: "web" }, b: { from: "2026-01-01", to: "2026-01-31" } };
    expect(viewOfKept(comparisonOf("funnel", view)!)).toEqual({ analysis: "funnel", view });
  });
});
