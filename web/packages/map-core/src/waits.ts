import type { Wait } from "./types.ts";

/** A wait on a common logarithmic scale, both ends in 0..1. */
export interface WaitSpan {
  from: number;
  to: number;
}

/** Shortest and longest wait of a set, as the two ends of a logarithmic scale. */
export function waitScale(waits: Wait[]): (wait: Wait) => WaitSpan | null {
  const known = waits.filter((w) => w.p50 !== null && w.p90 !== null);
  const low = Math.log(Math.max(1, Math.min(...known.map((w) => w.p50!))));
  const high = Math.log(Math.max(2, ...known.map((w) => w.p90!)));
  const place = (seconds: number): number =>
    high <= low
      ? 0
      : Math.min(1, Math.max(0, (Math.log(Math.max(1, seconds)) - low) / (high - low)));
  return (wait) =>
    wait.p50 === null || wait.p90 === null ? null : { from: place(wait.p50), to: place(wait.p90) };
}
