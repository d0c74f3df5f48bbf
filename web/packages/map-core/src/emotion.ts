import type { Column } from "./columns.ts";

export const FEWEST_ANSWERS = 5;

export interface EmotionPoint {
  at: number; // place among the shown columns
  key: string;
  n: number;
  mean: number | null; // null: too few answers, the line breaks here
  low: number | null;
  high: number | null;
}

/** One point for each column; empty when no touchpoint has any answer. */
export function emotionPoints(columns: Column[]): EmotionPoint[] {
  if (!columns.some((c) => (c.figures?.emotion?.n ?? 0) > 0)) return [];
  return columns.map((c, at) => {
    const e = c.figures?.emotion ?? null;
    const enough = e !== null && e.mean !== null && e.n >= FEWEST_ANSWERS;
    return {
      at,
      key: c.key,
      n: e?.n ?? 0,
      mean: enough ? e.mean : null,
      low: enough ? e.low : null,
      high: enough ? e.high : null,
    };
  });
}
