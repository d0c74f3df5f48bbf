import { describe, expect, it } from "vitest";
import { type DepartmentGoal, goalConflicts, type JourneyMap } from "../src/index.ts";

const goal = (department: string, more: Partial<DepartmentGoal> = {}): DepartmentGoal => ({
  department,
  statement: "",
  metric: null,
  direction: null,
  against: [],
  ...more,
});

const map = (...goals: DepartmentGoal[]): JourneyMap =>
  ({ stages: [{ key: "s", name: "S", touchpoints: [{ key: "cart", goals }] }] }) as unknown as JourneyMap;

describe("goals in conflict", () => {
  it("pull one metric in two directions", () => {
    const found = goalConflicts(
      map(
        goal("sales", { metric: "reach", direction: "up" }),
        goal("service", { metric: "reach", direction: "down" }),
        goal("law", { metric: "exit", direction: "down" }),
      ),
    );
    expect(found).toEqual([{ touchpoint: "cart", departments: ["sales", "service"], metric: "reach" }]);
  });

  it("say so themselves", () => {
    const found = goalConflicts(map(goal("sales"), goal("service", { against: ["sales"] })));
    expect(found).toEqual([{ touchpoint: "cart", departments: ["sales", "service"], metric: null }]);
  });

  it("are none within a department, nor in the same direction", () => {
    const up = { metric: "reach", direction: "up" } as const;
    expect(goalConflicts(map(goal("sales", up), goal("sales", { ...up, direction: "down" })))).toEqual([]);
    expect(goalConflicts(map(goal("sales", up), goal("service", up)))).toEqual([]);
    expect(goalConflicts(map())).toEqual([]);
  });
});
