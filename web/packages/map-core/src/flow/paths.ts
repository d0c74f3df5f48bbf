/** SVG paths of ribbons. `d` moves the path to its right-hand side, to lay one beside another. */

export interface Point {
  x: number;
  y: number;
}

export const TURN = 20; // radius of the corner where people come onto the way or leave it
const RUN = 76; // how long a ribbon takes to climb to its track
const round = (value: number): number => Math.round(value * 10) / 10;
const at = (...values: number[]): string => values.map(round).join(" ");

/** Straight on to the next touchpoint. */
export function nextPath(a: Point, b: Point, d: number): string {
  const middle = (a.x + b.x) / 2;
  return `M${at(a.x, a.y + d)}C${at(middle, a.y + d, middle, b.y + d, b.x, b.y + d)}`;
}

/** Up to the track, along it, and down again. */
export function skipPath(a: Point, b: Point, track: number, d: number): string {
  const run = Math.min(RUN, (b.x - a.x) / 2);
  const up = a.x + run / 2 + d * 0.5;
  const down = b.x - run / 2 - d * 0.5;
  return (
    `M${at(a.x, a.y + d)}C${at(up, a.y + d, up, track + d, a.x + run, track + d)}` +
    `H${at(b.x - run)}C${at(down, track + d, down, b.y + d, b.x, b.y + d)}`
  );
}

/** Out at the right, around and back below the way, and in at the left. */
export function backPath(a: Point, b: Point, track: number, d: number): string {
  const bulge = Math.min(46, 20 + (track - a.y) * 0.22) - d;
  return (
    `M${at(a.x, a.y + d)}C${at(a.x + bulge, a.y + d, a.x + bulge, track - d, a.x - 8, track - d)}` +
    `H${at(b.x + 8)}C${at(b.x - bulge, track - d, b.x - bulge, b.y + d, b.x, b.y + d)}`
  );
}

/** Off the way and down to the floor. */
export function endPath(a: Point, drop: number, floor: number, d: number): string {
  const x = drop - d;
  const y = a.y + d;
  const turn = x - a.x;
  return `M${at(a.x, y)}H${at(x - turn)}Q${at(x, y, x, y + turn)}V${at(floor)}`;
}

/** Down from the ceiling and onto the way. */
export function startPath(b: Point, drop: number, ceiling: number, d: number): string {
  const x = drop - d;
  const y = b.y + d;
  const turn = b.x - x;
  return `M${at(x, ceiling)}V${at(y - turn)}Q${at(x, y, x + turn, y)}H${at(b.x)}`;
}
