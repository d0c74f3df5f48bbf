import type { JourneyMap } from "@desireline/map-core";
import type { Way } from "./queries.ts";

/** A touchpoint as a column of the picture. */
export interface Place {
  key: string;
  name: string;
  required: boolean;
  stage: number;
}

/** Touchpoints in the map's order; an alternative stands at a place of its own. */
export const placesOf = (map: JourneyMap): Place[] =>
  map.stages.flatMap((stage, at) =>
    stage.touchpoints.map((point) => ({
      key: point.key,
      name: point.name,
      required: !point.optional && (point.alternative_to ?? null) === null,
      stage: at,
    })),
  );

/** A stop of a way: at which column, and whether it fits there. */
export interface Stop {
  at: number;
  fits: boolean;
}

export interface Line {
  stops: Stop[];
  /** Required columns between the first and the last stop at which the way does not stop. */
  missed: number[];
}

/** A way as stops at columns. */
export function lineOf(way: Way, places: Place[]): Line {
  const column = new Map(places.map((place, at) => [place.key, at]));
  const stops = way.steps.flatMap(({ touchpoint, fits }) => {
    const at = column.get(touchpoint);
    return at === undefined ? [] : [{ at, fits }];
  });
  const visited = new Set(stops.map((stop) => stop.at));
  const reached = Math.max(-1, ...stops.filter((stop) => stop.fits).map((stop) => stop.at));
  const missed = places.flatMap((place, at) =>
    place.required && at < reached && !visited.has(at) ? [at] : [],
  );
  return { stops, missed };
}

/** The height of the arc of a step back, or over what is skipped. */
const HIGH = 14;

/** The line through the stops: straight on, an arc above where it goes back. */
export function pathOf(stops: Stop[], x: (at: number) => number, y: number): string {
  return stops
    .map((stop, n) => {
      const to = x(stop.at);
      const before = stops[n - 1];
      if (before === undefined) return `M${to} ${y}`;
      if (stop.at > before.at) return `L${to} ${y}`;
      const from = x(before.at);
      const middle = (from + to) / 2;
      return `Q${middle} ${y - 2 * HIGH} ${to} ${y}`;
    })
    .join("");
}
