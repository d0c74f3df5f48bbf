import type { Curve } from "./queries.ts";

/** A drawing is so wide and so high, in units of its own; it is stretched to its place. */
export const WIDE = 1000;
export const HIGH = 300;

type At = (point: Curve["points"][number]) => number;

const ROUNDING = 1e-9; // of 0.2 * 1.5, which is a little more than 0.3

/** The highest share that is drawn, so that small chances can be seen. */
export function topOf(curves: Curve[]): number {
  const most = Math.max(0.05, ...curves.flatMap((curve) => curve.points.map((point) => point.high)));
  return Math.min(1, Math.ceil(most * 20 - ROUNDING) / 20);
}

function steps(curve: Curve, top: number, at: At): [number, number][] {
  const last = curve.points.at(-1)?.day ?? 1;
  return curve.points.map((point) => [(point.day / last) * WIDE, HIGH * (1 - at(point) / top)]);
}

const line = (corners: [number, number][]): string =>
  corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L");

/** The curve as a path. */
export const pathOf = (curve: Curve, top: number): string =>
  `M${line(steps(curve, top, (point) => point.share))}`;

/** Its interval as a closed path. */
export function bandOf(curve: Curve, top: number): string {
  const high = steps(curve, top, (point) => point.high);
  const low = steps(curve, top, (point) => point.low);
  return `M${line([...high, ...low.toReversed()])}Z`;
}
