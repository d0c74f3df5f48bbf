import type { Column, Figures, JourneyMap, Stage, Touchpoint } from "@desireline/map-core";
import { NO_EVENT } from "@desireline/map-core";

const TINTS = 5;
/** Begins the key of a column that only holds a stage's place: no key of a part has a blank. */
const EMPTY = " ";

/** Whether the column is the place of a stage without touchpoints. */
export const isEmpty = (key: string): boolean => key.startsWith(EMPTY);

/** A column for each touchpoint, and one for each stage that has none yet. */
export function editColumns(stages: Stage[], figures: Figures): Column[] {
  const known = new Map(figures.touchpoints.map((f) => [f.key, f]));
  const columns: Column[] = [];
  stages.forEach((stage, at) => {
    const held = stage.touchpoints.length > 0 ? stage.touchpoints : [placeholder(stage)];
    for (const touchpoint of held) {
      columns.push({
        key: touchpoint.key,
        index: columns.length,
        name: touchpoint.name,
        touchpoint,
        figures: known.get(touchpoint.key) ?? null,
        stage: stage.key,
        stageName: stage.name,
        tint: (at % TINTS) + 1,
      });
    }
  });
  return columns;
}

/** Where a touchpoint stands: its stage, its place there, and that of the stage. */
export interface Standing {
  stage: number;
  at: number;
}

export function standingOf(map: JourneyMap, key: string): Standing | null {
  for (const [stage, { touchpoints }] of map.stages.entries()) {
    const at = touchpoints.findIndex((t) => t.key === key);
    if (at >= 0) return { stage, at };
  }
  return null;
}

const placeholder = (stage: Stage): Touchpoint => ({
  key: `${EMPTY}${stage.key}`,
  name: "",
  kind: "action",
  rule: NO_EVENT,
  optional: false,
  repeatable: false,
  moment_of_truth: null,
});
