import type { DepartmentGoal, JourneyMap } from "./types.ts";

/** Two departments that want what hinders the other, at one touchpoint. */
export interface GoalConflict {
  touchpoint: string;
  departments: [string, string];
  /** The figure that one wants up and the other down; null: they said so themselves. */
  metric: string | null;
}

/** Every pair of departments in conflict, in the order of the map; the twin of `goal_conflicts`. */
export function goalConflicts(map: JourneyMap): GoalConflict[] {
  const points = map.stages.flatMap((stage) => stage.touchpoints);
  return points.flatMap(({ key, goals = [] }) =>
    goals.flatMap((a, at) => goals.slice(at + 1).flatMap((b) => between(key, a, b))),
  );
}

function between(touchpoint: string, a: DepartmentGoal, b: DepartmentGoal): GoalConflict[] {
  if (a.department === b.department) return [];
  const departments: [string, string] = [a.department, b.department];
  const apart = [a.direction, b.direction].toSorted().join() === "down,up";
  if (a.metric !== null && a.metric === b.metric && apart)
    return [{ touchpoint, departments, metric: a.metric }];
  const said = a.against.includes(b.department) || b.against.includes(a.department);
  return said ? [{ touchpoint, departments, metric: null }] : [];
}
