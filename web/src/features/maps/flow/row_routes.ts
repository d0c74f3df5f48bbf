import { type FlowEdge, layTracks, stepId } from "@desireline/map-core";
import { NODE } from "./drawn.ts";

const APART = 18; // between lines at one side of a touchpoint
export const GAP = 64; // between touchpoints of a row
export const PITCH = NODE.width + GAP;

export interface Place {
  row: number;
  col: number;
}

type Side = "top" | "middle" | "bottom";

/** A level part of a route: which channel it runs in (0 is above the first row), and how. */
interface Part {
  channel: number;
  side: "under" | "between" | "over"; // near the row above, free, near the row below
  from: number;
  to: number;
}

/** How a step goes from touchpoint to touchpoint over the grid of rows. */
export interface Route {
  id: string;
  edge: FlowEdge;
  a: Place;
  b: Place;
  leaves: Side;
  enters: Side;
  from: number; // x where it leaves, and where it enters
  to: number;
  parts: Part[];
}

/** Routes of all steps, with their places at the touchpoints spread so that they do not cross. */
export function routesOf(
  flow: FlowEdge[],
  places: Map<string, Place>,
  thick: Map<string, number>,
): Route[] {
  const routes = flow.map((edge): Route => {
    const a = places.get(edge.from!)!;
    const b = places.get(edge.to!)!;
    return { id: stepId(edge), edge, a, b, ...sides(a, b), from: 0, to: 0, parts: [] };
  });
  spread(routes);
  const lanes = lanesOf(routes, thick);
  for (const route of routes) route.parts = partsOf(route, lanes.get(route.id));
  return routes;
}

function sides(a: Place, b: Place): { leaves: Side; enters: Side } {
  if (a.row < b.row) return { leaves: "bottom", enters: "top" };
  if (a.row > b.row) return { leaves: "top", enters: "bottom" };
  if (b.col === a.col + 1) return { leaves: "middle", enters: "middle" };
  return b.col > a.col
    ? { leaves: "top", enters: "top" }
    : { leaves: "bottom", enters: "bottom" };
}

/** Sets where routes leave and enter: at the sides in the middle, above and below side by side. */
function spread(routes: Route[]): void {
  const ends = routes.flatMap((route) => [
    { route, end: "from" as const, at: route.a, side: route.leaves, towards: route.b.col },
    { route, end: "to" as const, at: route.b, side: route.enters, towards: route.a.col },
  ]);
  for (const group of Map.groupBy(ends, (e) => `${e.at.row} ${e.at.col} ${e.side}`).values()) {
    const left = group[0]!.at.col * PITCH;
    const sorted = group.toSorted((x, y) => x.towards - y.towards);
    const apart = Math.min(APART, (NODE.width - 24) / Math.max(1, sorted.length - 1));
    sorted.forEach(({ route, end, side }, order) => {
      const middle = left + NODE.width / 2 + (order - (sorted.length - 1) / 2) * apart;
      const beside = end === "from" ? left + NODE.width : left;
      route[end] = side === "middle" ? beside : middle;
    });
  }
}

const far = (route: Route): boolean => Math.abs(route.a.row - route.b.row) > 1;

/** x of the upright part of each route that passes a whole row: a lane in a gap of the grid. */
function lanesOf(routes: Route[], thick: Map<string, number>): Map<string, number> {
  const gap = (r: Route): number => (r.a.col > r.b.col ? r.b.col + 1 : r.b.col);
  const lanes = new Map<string, number>();
  for (const [at, group] of Map.groupBy(routes.filter(far), gap)) {
    const runs = group.map((r) => ({
      id: r.id,
      first: Math.min(r.a.row, r.b.row),
      last: Math.max(r.a.row, r.b.row),
      width: thick.get(r.id)!,
    }));
    const { middle, depth } = layTracks(runs, GAP - 8);
    for (const [id, x] of middle) lanes.set(id, at * PITCH - GAP / 2 + x - depth / 2);
  }
  return lanes;
}

function partsOf(route: Route, lane: number | undefined): Part[] {
  const { a, b, from, to, leaves } = route;
  if (leaves === "middle") return [];
  const out = leaves === "top" ? a.row : a.row + 1;
  if (a.row === b.row) {
    return [{ channel: out, side: leaves === "top" ? "over" : "under", from, to }];
  }
  if (lane === undefined) return [{ channel: out, side: "between", from, to }];
  const back = route.enters === "top" ? b.row : b.row + 1;
  return [
    { channel: out, side: "between", from, to: lane },
    { channel: back, side: "between", from: lane, to },
  ];
}
