import type { PlacedStep, StepKind } from "./kinds.ts";

/** Where ribbons touch a touchpoint: stacked from the top, so that none crosses another there. */
const OUT: StepKind[] = ["skip", "next", "end", "back", "again"];
const IN: StepKind[] = ["start", "skip", "next", "back", "again"];

const leaves = (step: PlacedStep): boolean => step.kind !== "start";
const enters = (step: PlacedStep): boolean => step.kind !== "end";
const length = (step: PlacedStep): number => Math.abs(step.to - step.from);

export interface Ports {
  out: Map<string, number>; // by step id: middle of the ribbon above or below the way's centre
  in: Map<string, number>;
}

/** Middles of all ribbons at both ends, measured from the centre of the way. */
export function portsOf(steps: PlacedStep[], widths: Map<string, number>): Ports {
  return {
    out: stacked(steps.filter(leaves), (s) => s.from, OUT, widths),
    in: stacked(steps.filter(enters), (s) => s.to, IN, widths),
  };
}

function stacked(
  steps: PlacedStep[],
  place: (step: PlacedStep) => number,
  order: StepKind[],
  widths: Map<string, number>,
): Map<string, number> {
  const middle = new Map<string, number>();
  for (const here of Map.groupBy(steps, place).values()) {
    const sorted = here.toSorted(
      (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || length(b) - length(a),
    );
    const whole = sorted.reduce((sum, s) => sum + widths.get(s.id)!, 0);
    let edge = -whole / 2;
    for (const step of sorted) {
      const width = widths.get(step.id)!;
      middle.set(step.id, edge + width / 2);
      edge += width;
    }
  }
  return middle;
}
