import type { MapFile, Touchpoint, TouchpointFigures } from "@desireline/map-core";
import type { Shapes } from "../../api/client.ts";

export type Difference = Shapes["DifferentPart"];
export type What = "added" | "removed" | "changed" | "moved";

/** A touchpoint as one side has it. */
export interface Standing {
  touchpoint: Touchpoint;
  stage: string;
  figures: TouchpointFigures | null;
}

/** A touchpoint of both sides in one row; what only one has stands where it would have stood. */
export interface Row {
  key: string;
  stage: string;
  before: Standing | null;
  after: Standing | null;
  what: What[];
}

function standings(file: MapFile): Map<string, Standing> {
  const figures = new Map(file.figures.touchpoints.map((one) => [one.key, one]));
  return new Map(
    file.map.stages.flatMap((stage) =>
      stage.touchpoints.map((touchpoint): [string, Standing] => [
        touchpoint.key,
        { touchpoint, stage: stage.name, figures: figures.get(touchpoint.key) ?? null },
      ]),
    ),
  );
}

/** Both maps side by side, in the order of the later; what it lost follows what stood before it. */
export function aligned(before: MapFile, after: MapFile, differences: Difference[]): Row[] {
  const old = standings(before);
  const now = standings(after);
  const order = [...now.keys()];
  let last: string | null = null;
  for (const key of old.keys()) {
    if (!now.has(key)) order.splice(last === null ? 0 : order.indexOf(last) + 1, 0, key);
    last = key;
  }
  const what = Map.groupBy(
    differences.filter((one) => one.part === "touchpoint" || one.part === "cell"),
    (one) => one.touchpoint ?? one.key,
  );
  return order.map((key) => {
    const [was, is] = [old.get(key) ?? null, now.get(key) ?? null];
    const said = (what.get(key) ?? []).map((one): What => (one.part === "cell" ? "changed" : (one.what as What)));
    const alone: What[] = is === null ? ["removed"] : was === null ? ["added"] : [...new Set(said)];
    return { key, stage: (is ?? was)?.stage ?? "", before: was, after: is, what: alone };
  });
}

/** How many differences of each sort there are. */
export function countsOf(differences: Difference[]): [What, number][] {
  const sorts: What[] = ["added", "removed", "changed", "moved"];
  return sorts
    .map((what): [What, number] => [what, differences.filter((one) => one.what === what).length])
    .filter(([, count]) => count > 0);
}
