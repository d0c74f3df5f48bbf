import type { Share, TouchpointFigures } from "./types.ts";

/** Figures of a touchpoint that a person should look at. */
export type Notable = "exit" | "loop" | "wait";

const TIMES = 1.5;
const FEWEST = 20;

function middle(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.floor(sorted.length / 2)]!;
}

/** The whole interval lies above one and a half times the median of the map. */
function standsOut(share: Share, usual: number): boolean {
  return share.n >= FEWEST && share.low !== null && share.low > Math.max(usual * TIMES, 0.05);
}

/**
 * Which figures stand out, by touchpoint key. Shares: the whole 95 % interval is above 1.5 times
 * the map's median and above 5 %. Waits: the median wait is among the longest tenth and at least
 * four times the map's median.
 */
export function notableOf(touchpoints: TouchpointFigures[]): Map<string, Set<Notable>> {
  const enough = touchpoints.filter((t) => t.journeys >= FEWEST);
  const exit = middle(enough.map((t) => t.exit.share ?? 0));
  const loop = middle(enough.map((t) => t.loop.share ?? 0));
  const waits = enough.flatMap((t) => (t.wait_before.p50 === null ? [] : [t.wait_before.p50]));
  const sorted = waits.toSorted((a, b) => a - b);
  const long = Math.max(middle(waits) * 4, sorted[Math.floor(sorted.length * 0.9)] ?? Infinity);
  const found = new Map<string, Set<Notable>>();
  for (const t of touchpoints) {
    const here = new Set<Notable>();
    if (standsOut(t.exit, exit)) here.add("exit");
    if (standsOut(t.loop, loop)) here.add("loop");
    if (t.wait_before.n >= FEWEST && (t.wait_before.p50 ?? 0) >= long) here.add("wait");
    if (here.size > 0) found.set(t.key, here);
  }
  return found;
}
