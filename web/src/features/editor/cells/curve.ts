import { FEWEST_ANSWERS, type TouchpointFigures } from "@desireline/map-core";

/** A touchpoint is at least so wide. */
export const LEAST_COLUMN = 44;
export const HEIGHT = 132;
const TOP = 14;
const UNIT = (HEIGHT - 2 * TOP) / 4;
const STEP = 0.5;

/** A touchpoint on the curve: what the team says, and what people answered. */
export interface CurvePoint {
  key: string;
  name: string;
  declared: number | null;
  measured: { n: number; mean: number; low: number; high: number } | null;
  /** Answers, also where they are too few to say something. */
  n: number;
}

export const heightOf = (value: number): number => TOP + (2 - value) * UNIT;

/** The feeling at a height of the drawing, in steps of a half. */
export const feelingAt = (y: number): number => stepped(2 - (y - TOP) / UNIT);

/** A feeling within its bounds, in steps of a half. */
export const stepped = (value: number): number =>
  Math.max(-2, Math.min(2, Math.round(value / STEP) * STEP)) + 0;

/** A feeling after a key, or null where the key moves nothing. */
export function afterKey(value: number | null, key: string): number | null {
  const from = value ?? 0;
  if (key === "ArrowUp" || key === "ArrowRight") return stepped(from + STEP);
  if (key === "ArrowDown" || key === "ArrowLeft") return stepped(from - STEP);
  if (key === "PageUp") return stepped(from + 1);
  if (key === "PageDown") return stepped(from - 1);
  if (key === "Home") return -2;
  return key === "End" ? 2 : null;
}

/** What was measured at a touchpoint, where enough people answered. */
export function measuredIn(figures: TouchpointFigures | undefined): Pick<CurvePoint, "n" | "measured"> {
  const found = figures?.emotion ?? null;
  if (found === null) return { n: 0, measured: null };
  const { n, mean, low, high } = found;
  const known = n >= FEWEST_ANSWERS && mean !== null && low !== null && high !== null;
  return { n, measured: known ? { n, mean, low, high } : null };
}

/** Runs of touchpoints next to each other that have something: where it has not, the line breaks. */
export function runsOf<T>(points: T[], has: (point: T) => boolean): { at: number; point: T }[][] {
  const runs: { at: number; point: T }[][] = [[]];
  points.forEach((point, at) => {
    if (has(point)) runs.at(-1)!.push({ at, point });
    else if (runs.at(-1)!.length > 0) runs.push([]);
  });
  return runs.filter((run) => run.length > 0);
}

/** A line through places. */
export const lineThrough = (places: [number, number][]): string =>
  places.map(([x, y], at) => `${at === 0 ? "M" : "L"}${x} ${y.toFixed(1)}`).join("");
