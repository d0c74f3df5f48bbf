import type { JourneyMap, Touchpoint } from "@desireline/map-core";

/** All touchpoints, in the order of the map. */
export const touchpointsOf = (map: JourneyMap): Touchpoint[] =>
  map.stages.flatMap((stage) => stage.touchpoints);

export const touchpointOf = (map: JourneyMap, key: string): Touchpoint | null =>
  touchpointsOf(map).find((one) => one.key === key) ?? null;

/** Departments that the map names, each once, by name. */
export function departmentsOf(map: JourneyMap): string[] {
  const points = touchpointsOf(map);
  const owners = points.map((point) => point.owner ?? "");
  const wanting = points.flatMap((point) => (point.goals ?? []).map((goal) => goal.department));
  return [...new Set([...owners, ...wanting])].filter(Boolean).toSorted((a, b) => a.localeCompare(b));
}

/** How many touchpoints each department answers for, or has a goal at. */
export function sharesOf(map: JourneyMap): { department: string; owns: string[]; wants: string[] }[] {
  const points = touchpointsOf(map);
  return departmentsOf(map).map((department) => ({
    department,
    owns: points.filter((point) => point.owner === department).map((point) => point.key),
    wants: points
      .filter((point) => (point.goals ?? []).some((goal) => goal.department === department))
      .map((point) => point.key),
  }));
}

/** Who may start a touchpoint or be addressed: the customer, the map's actors, whoever is named. */
export function sidesOf(map: JourneyMap, customer: string): string[] {
  const named = touchpointsOf(map).flatMap((point) => [point.initiator ?? "", point.recipient ?? ""]);
  return [...new Set([customer, ...map.actors.map((actor) => actor.name), ...named])].filter(Boolean);
}
