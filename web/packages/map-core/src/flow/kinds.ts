import type { FlowEdge } from "../types.ts";

/**
 * How a walked step lies to the paved way: it comes in (`start`), goes on to the next touchpoint
 * (`next`), skips some (`skip`), goes back (`back`), happens again (`again`) or leaves (`end`).
 */
export type StepKind = "start" | "next" | "skip" | "back" | "again" | "end";

export interface PlacedStep {
  id: string;
  edge: FlowEdge;
  kind: StepKind;
  from: number; // place of the touchpoint that it leaves; for a start, of the one it enters
  to: number; // place of the touchpoint that it enters; for an end, of the one it leaves
}

export const stepId = (edge: FlowEdge): string => `${edge.from ?? ""}>${edge.to ?? ""}`;

function kindOf(from: number, to: number): StepKind {
  if (to === from) return "again";
  if (to < from) return "back";
  return to === from + 1 ? "next" : "skip";
}

/** Steps with their places; those that touch a touchpoint that is not shown are left out. */
export function placeSteps(flow: FlowEdge[], keys: string[]): PlacedStep[] {
  const place = new Map(keys.map((key, at) => [key, at]));
  const steps: PlacedStep[] = [];
  for (const edge of flow) {
    const from = edge.from === null ? undefined : place.get(edge.from);
    const to = edge.to === null ? undefined : place.get(edge.to);
    const id = stepId(edge);
    if (edge.from === null && to !== undefined) {
      steps.push({ id, edge, kind: "start", from: to, to });
    } else if (edge.to === null && from !== undefined) {
      steps.push({ id, edge, kind: "end", from, to: from });
    } else if (from !== undefined && to !== undefined) {
      steps.push({ id, edge, kind: kindOf(from, to), from, to });
    }
  }
  return steps;
}
