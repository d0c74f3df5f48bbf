import type { Column, Range } from "@desireline/map-core";

/** The columns on the screen with their places. */
export function shownIn(columns: Column[], range: Range): { column: Column; at: number }[] {
  return columns
    .slice(range.first, range.last + 1)
    .map((column, offset) => ({ column, at: range.first + offset }));
}
