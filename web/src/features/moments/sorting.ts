import type { Moment } from "./queries.ts";

/** What staff believe of a touchpoint, from 1 to 5: the mean of both importances; null is nothing. */
export function belief({ to_customer, to_company }: Moment): number | null {
  const said = [to_customer, to_company].filter((score) => score !== null);
  return said.length === 0 ? null : said.reduce((a, b) => a + b, 0) / said.length;
}

export interface Parts {
  nominated: Moment[];
  surprises: Moment[];
  /** Neither; those that could be compared first. */
  others: Moment[];
}

/** The touchpoints as the page tells them: what was believed, what surprises, all else. */
export function partsOf(moments: Moment[]): Parts {
  const rest = moments.filter((one) => !one.nominated && !one.surprise);
  return {
    nominated: moments.filter((one) => one.nominated),
    surprises: moments.filter((one) => one.surprise),
    others: rest.toSorted((a, b) => Number(a.effect === null) - Number(b.effect === null)),
  };
}

/** The end of the axis of effects: the farthest end of any interval, at most half of all. */
export const reachOf = (moments: Moment[]): number =>
  Math.min(
    0.5,
    Math.max(0.1, ...moments.flatMap(({ effect }) => (effect === null ? [] : [Math.abs(effect.low), Math.abs(effect.high)]))),
  );

export interface Dot {
  moment: Moment;
  /** Both from 0 to 1, from the left and from the bottom. */
  x: number;
  y: number;
}

/** What staff believe across, what the log says upwards; only where both are known. */
export function dotsOf(moments: Moment[], reach: number): Dot[] {
  return moments.flatMap((moment) => {
    const said = belief(moment);
    if (said === null || moment.effect === null) return [];
    const y = 0.5 + moment.effect.difference / reach / 2;
    return [{ moment, x: (said - 1) / 4, y: Math.min(1, Math.max(0, y)) }];
  });
}
