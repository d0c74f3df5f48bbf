import { NO_EVENT, type Rule } from "@desireline/map-core";
import { describe, expect, it } from "vitest";
import { blank, eventsIn, type Form, formOf, LEAVES, ruleOf, typedValue } from "../form.ts";

const event = (...names: string[]): Rule => ({ type: "event", in: names });
const web: Rule = { type: "channel", in: ["web"] };
const dear: Rule = { type: "value", op: "ge", value: 50 };
const red: Rule = { type: "property", name: "colour", op: "eq", value: "red" };
const gift: Rule = { type: "property", name: "gift", op: "exists" };

describe("a rule as a form", () => {
  it.each<Rule>([
    NO_EVENT,
    event("order"),
    event("order", "buy"),
    web,
    { type: "all", rules: [event("order"), web, dear] },
    { type: "any", rules: [event("order"), red] },
    { type: "not", rule: web },
    { type: "not", rule: { type: "any", rules: [web, gift] } },
    { type: "all", rules: [event("order"), { type: "any", rules: [red, gift] }] },
    { type: "all", rules: [event("order"), { type: "not", rule: red }] },
    { type: "pattern", tree: { type: "one", in: ["order"] } },
    { type: "count", rule: event("order"), at_least: 3 },
    { type: "all", rules: [event("order"), { type: "count", rule: web, at_least: 3 }] },
    { type: "all", rules: [] },
    { type: "all", rules: [web, { type: "any", rules: [red, { type: "all", rules: [gift, dear] }] }] },
  ])("is the same rule again: %j", (rule) => {
    expect(ruleOf(formOf(rule))).toEqual(rule);
  });

  it("is code where the builder has no fields for it", () => {
    const deep: Rule = { type: "all", rules: [web, { type: "any", rules: [red, { type: "not", rule: gift }] }] };
    expect(formOf(deep).mode).toBe("code");
    expect(formOf({ type: "all", rules: [] }).mode).toBe("code");
    expect(formOf({ type: "sequence", steps: [] }).mode).toBe("code");
  });
});

describe("a form", () => {
  it("says nothing by conditions that are not finished", () => {
    const parts = LEAVES.map((leaf) => ({ leaf: blank(leaf) }));
    const empty: Form = { mode: "events", group: { join: "all", parts } };
    expect(ruleOf(empty)).toEqual(NO_EVENT);
    const begun: Form = {
      mode: "events",
      group: {
        join: "none",
        parts: [...parts, { leaf: web }, { group: { join: "any", parts: [{ leaf: blank("event") }] } }],
      },
    };
    expect(ruleOf(begun)).toEqual({ type: "not", rule: web });
  });

  it("knows the events it names, each once", () => {
    const inner = { group: { join: "any" as const, parts: [{ leaf: event("b", "a") }] } };
    expect(eventsIn({ join: "all", parts: [{ leaf: event("a") }, { leaf: web }, inner] })).toEqual(["a", "b"]);
  });
});

it("takes a typed value for a number only where it is nothing else", () => {
  expect(["50", "1.5", "-2", "007", "1e3", "", " ", "true", "red"].map(typedValue)).toEqual([
    50, 1.5, -2, "007", "1e3", "", " ", true, "red",
  ]);
});
