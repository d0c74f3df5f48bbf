import type { Share, TouchpointFigures } from "./types.ts";

/** Figures of a touchpoint that a person should look at. */
export type Notable = "exit" | "loop" | "wait";

const TIMES = 1.5;
const LEAST = 0.05;
const FEWEST = 20;
const ONE_IN = 6; // more flags than one touchpoint in six would be noise

function middle(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.floor(sorted.length / 2)]!;
}

/** Keys of the highest shares whose whole interval lies above one and a half times the median. */
function highShares(
  touchpoints: TouchpointFigures[],
  shareOf: (t: TouchpointFigures) => Share,
): string[] {
  const usual = middle(touchpoints.map((t) => shareOf(t).share ?? 0).filter((share) => share > 0));
  const bar = Math.max(usual * TIMES, LEAST);
  return touchpoints
    .filter((t) => shareOf(t).n >= FEWEST && (shareOf(t).low ?? 0) > bar)
    .toSorted((a, b) => shareOf(b).low! - shareOf(a).low!)
    .slice(0, Math.ceil(touchpoints.length / ONE_IN))
    .map((t) => t.key);
}

/** Keys of the longest tenth of median waits, if they are four times the usual one or more. */
function longWaits(touchpoints: TouchpointFigures[]): string[] {
  const waits = touchpoints.flatMap((t) => (t.wait_before.p50 === null ? [] : [t.wait_before.p50]));
  const sorted = waits.toSorted((a, b) => a - b);
  const long = Math.max(middle(waits) * 4, sorted[Math.floor(sorted.length * 0.9)] ?? Infinity);
  return touchpoints
    .filter((t) => t.wait_before.n >= FEWEST && (t.wait_before.p50 ?? 0) >= long)
    .map((t) => t.key);
}

/**
 * Which figures stand out, by touchpoint key. Shares: the whole 95 % interval is above 5 % and above
 * 1.5 times the median of those that are not zero, and few touchpoints are higher. Waits: the median
 * is among the longest tenth and at least four times the map's median.
 */
export function notableOf(touchpoints: TouchpointFigures[]): Map<string, Set<Notable>> {
  const enough = touchpoints.filter((t) => t.journeys >= FEWEST);
  const found = new Map<string, Set<Notable>>();
  const add = (name: Notable, keys: string[]): void => {
    for (const key of keys) found.set(key, (found.get(key) ?? new Set<Notable>()).add(name));
  };
  add(
    "exit",
    highShares(enough, (t) => t.exit),
  );
  add(
    "loop",
    highShares(enough, (t) => t.loop),
  );
  add("wait", longWaits(enough));
  return found;
}
