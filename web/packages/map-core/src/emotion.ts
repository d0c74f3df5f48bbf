import type { Column } from "./columns.ts";
import type { Lane } from "./types.ts";

export const FEWEST_ANSWERS = 5;

export interface EmotionPoint {
  at: number; // place among the shown columns
  key: string;
  n: number;
  mean: number | null; // null: too few answers, the line breaks here
  low: number | null;
  high: number | null;
}

/** One point for each column; empty when no touchpoint has any answer, and none is `declared`. */
export function emotionPoints(columns: Column[], declared: (number | null)[] = []): EmotionPoint[] {
  const answered = columns.some((c) => (c.figures?.emotion?.n ?? 0) > 0);
  if (!answered && declared.length === 0) return [];
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

/** What the first lane of emotions declares for each column; empty when it declares nothing. */
export function declaredEmotions(lanes: Lane[], columns: Column[]): (number | null)[] {
  const cells = lanes.find((lane) => lane.kind === "emotion")?.cells ?? {};
  const found = columns.map((c) => cells[c.key]?.value ?? null);
  return found.some((value) => value !== null) ? found : [];
}
