/**
 * Answers sequences of changes over standard input: what tests/engine/test_map_changes.py compares
 * with the program's own answers. `{map, sequences}` to, for each change, `{error}` or
 * `{after, touched, inverse}`.
 */
import { readFileSync } from "node:fs";
import { applied, inverseOf, touchedBy } from "../src/edit/apply.ts";
import type { MapChange } from "../src/edit/changes.ts";
import { ChangeImpossible } from "../src/edit/errors.ts";
import type { JourneyMap } from "../src/types.ts";

const asked = JSON.parse(readFileSync(0, "utf8")) as {
  map: JourneyMap;
  sequences: MapChange[][];
};

function answer(map: JourneyMap, change: MapChange): { told: object; map: JourneyMap } {
  try {
    const after = applied(map, change);
    const told = { after, touched: touchedBy(map, change), inverse: inverseOf(map, change) };
    return { told, map: after };
  } catch (error) {
    if (error instanceof ChangeImpossible) return { told: { error: error.code }, map };
    throw error;
  }
}

const answers = asked.sequences.map((changes) => {
  let map = asked.map;
  return changes.map((change) => {
    const found = answer(map, change);
    map = found.map;
    return found.told;
  });
});

process.stdout.write(JSON.stringify(answers));
