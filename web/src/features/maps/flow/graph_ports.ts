import type { Spot } from "./drawn.ts";

interface Laid {
  v: string; // the box at the side of the start of the map
  w: string;
  inner: Spot[];
}

export interface PortSide {
  first: Spot;
  last: Spot;
}

const APART = 14;

/**
 * Where each line leaves its box and enters the other: on the sides that face along the way,
 * spread in the order in which the lines go on, so that they do not cross at the box.
 */
export function spreadPorts(
  lines: Laid[],
  boxes: Map<string, Spot>,
  upright: boolean,
  size: { width: number; height: number },
): PortSide[] {
  const across = (spot: Spot): number => (upright ? spot.x : spot.y);
  const room = (upright ? size.width : size.height) - 16;
  const half = (upright ? size.height : size.width) / 2;
  const ports: PortSide[] = lines.map(() => ({ first: { x: 0, y: 0 }, last: { x: 0, y: 0 } }));
  const spread = (end: "v" | "w", side: keyof PortSide, sign: number): void => {
    const here = Map.groupBy([...lines.keys()], (at) => lines[at]![end]);
    for (const [key, group] of here) {
      const box = boxes.get(key)!;
      const towards = (at: number): number => {
        const line = lines[at]!;
        const next = end === "v" ? line.inner[0] : line.inner.at(-1);
        return across(next ?? boxes.get(end === "v" ? line.w : line.v)!);
      };
      const sorted = group.toSorted((a, b) => towards(a) - towards(b));
      const apart = Math.min(APART, room / Math.max(1, sorted.length - 1));
      sorted.forEach((at, order) => {
        const shift = (order - (sorted.length - 1) / 2) * apart;
        ports[at]![side] = upright
          ? { x: box.x + shift, y: box.y + sign * half }
          : { x: box.x + sign * half, y: box.y + shift };
      });
    }
  };
  spread("v", "first", 1);
  spread("w", "last", -1);
  return ports;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** A smooth path through points, along the way at each of them, moved aside by `d`. */
export function smoothPath(points: Spot[], upright: boolean, d: number): string {
  const moved = points.map((p) => (upright ? { x: p.x + d, y: p.y } : { x: p.x, y: p.y + d }));
  const [first, ...rest] = moved;
  if (first === undefined) return "";
  let path = `M${round(first.x)} ${round(first.y)}`;
  let before = first;
  for (const p of rest) {
    const mx = round((before.x + p.x) / 2);
    const my = round((before.y + p.y) / 2);
    path += upright
      ? `C${round(before.x)} ${my} ${round(p.x)} ${my} ${round(p.x)} ${round(p.y)}`
      : `C${mx} ${round(before.y)} ${mx} ${round(p.y)} ${round(p.x)} ${round(p.y)}`;
    before = p;
  }
  return path;
}
