import type { Spot } from "./drawn.ts";

const BEND = 12; // radius of a corner
const round = (value: number): number => Math.round(value * 10) / 10;

/** Points without those that stand on the one before. */
const apart = (points: Spot[]): Spot[] =>
  points.filter((p, at) => {
    const before = points[at - 1];
    return before === undefined || Math.hypot(p.x - before.x, p.y - before.y) > 0.5;
  });

/** Where the corner at `p` lies when the lines before and after it move aside by `d`. */
function movedCorner(p: Spot, before: Spot | undefined, after: Spot | undefined, d: number): Spot {
  const sides = [before && [before, p], after && [p, after]].filter((s) => s !== undefined);
  const moved = { x: p.x, y: p.y };
  for (const [a, b] of sides as [Spot, Spot][]) {
    if (Math.abs(b.x - a.x) > Math.abs(b.y - a.y)) moved.y = p.y + Math.sign(b.x - a.x) * d;
    else moved.x = p.x - Math.sign(b.y - a.y) * d;
  }
  return moved;
}

/** A path along level and upright lines with round corners, moved to its right-hand side by `d`. */
export function angledPath(points: Spot[], d: number): string {
  const way = apart(points);
  const moved = way.map((p, at) => movedCorner(p, way[at - 1], way[at + 1], d));
  const [first, ...rest] = moved;
  if (first === undefined) return "";
  let path = `M${round(first.x)} ${round(first.y)}`;
  let before = first;
  rest.forEach((p, at) => {
    const after = rest[at + 1];
    if (after === undefined) {
      path += `L${round(p.x)} ${round(p.y)}`;
      return;
    }
    const come = Math.hypot(p.x - before.x, p.y - before.y);
    const go = Math.hypot(after.x - p.x, after.y - p.y);
    const bend = Math.min(BEND, come / 2, go / 2);
    const towards = (to: Spot, length: number): string => {
      const part = length === 0 ? 0 : bend / length;
      return `${round(p.x + (to.x - p.x) * part)} ${round(p.y + (to.y - p.y) * part)}`;
    };
    path += `L${towards(before, come)}Q${round(p.x)} ${round(p.y)} ${towards(after, go)}`;
    before = p;
  });
  return path;
}
