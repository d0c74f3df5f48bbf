import type { JourneyMap } from "@desireline/map-core";
import { describe, expect, it } from "vitest";
import { departmentsOf, sharesOf, sidesOf } from "../parts_of.ts";
import { shapeOf } from "../rule_steps.ts";
import { importancesOf, together } from "../votes.ts";
import { UNITS, waitOf } from "../waits.ts";

const goal = (department: string) => ({ department, statement: "", metric: null, direction: null, against: [] });
const map = {
  actors: [{ key: "bot", name: "Bot", kind: "system", description: "" }],
  stages: [
    { key: "a", name: "A", touchpoints: [{ key: "ad", owner: "Marketing", initiator: "Shop" }] },
    {
      key: "b",
      name: "B",
      touchpoints: [
        { key: "cart", owner: "Sales", goals: [goal("Marketing"), goal("Sales")], recipient: "Bot" },
        { key: "order", owner: "Sales", goals: [] },
      ],
    },
  ],
} as unknown as JourneyMap;

describe("departments of a map", () => {
  it("are those that answer for something or want something", () => {
    expect(departmentsOf(map)).toEqual(["Marketing", "Sales"]);
    expect(sharesOf(map)).toEqual([
      { department: "Marketing", owns: ["ad"], wants: ["cart"] },
      { department: "Sales", owns: ["cart", "order"], wants: ["cart"] },
    ]);
  });

  it("stand beside everyone else who acts", () => {
    expect(sidesOf(map, "Customer")).toEqual(["Customer", "Bot", "Shop"]);
  });
});

it("tells a wait in the largest unit that holds it whole", () => {
  expect([604_800, 259_200, 5_400, 1, 0].map(waitOf)).toEqual([
    { n: 1, unit: "week" },
    { n: 3, unit: "day" },
    { n: 90, unit: "minute" },
    { n: 1 / 60, unit: "minute" },
    { n: 0, unit: "minute" },
  ]);
  expect(UNITS.week).toBe(7 * UNITS.day);
});

it("takes all votes together by how many voted", () => {
  const tally = (n: number, to_customer: number, to_company: number) => ({
    touchpoint: "cart",
    department: "",
    n,
    to_customer,
    to_company,
  });
  expect(together([])).toBeNull();
  const all = together([tally(3, 5, 1), tally(1, 1, 5)]);
  expect(all).toEqual({ n: 4, to_customer: 4, to_company: 2 });
  expect(importancesOf({ n: 2, to_customer: 3.5, to_company: 1.49 })).toEqual({ to_customer: 4, to_company: 1 });
});

it("keeps the letters of a value one step, and a new condition another", () => {
  const rule = (value: string) => ({ type: "property", name: "colour", op: "eq", value });
  expect(shapeOf(rule("r"))).toBe(shapeOf(rule("red")));
  expect(shapeOf({ type: "all", rules: [rule("r")] })).not.toBe(shapeOf({ type: "all", rules: [rule("r"), rule("b")] }));
  expect(shapeOf({ type: "event", in: ["a"] })).not.toBe(shapeOf({ type: "event", in: ["a", "b"] }));
});
