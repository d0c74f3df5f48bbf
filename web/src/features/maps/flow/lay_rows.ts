import {
  bandsOf,
  type Column,
  type FlowEdge,
  layTracks,
  type Run,
  stepId,
} from "@desireline/map-core";
import { type Drawn, type GraphEdge, lineWidth, NODE, type Spot } from "./drawn.ts";
import { angledPath } from "./right_angles.ts";
import { GAP, PITCH, type Place, type Route, routesOf } from "./row_routes.ts";

const MOST = 8; // touchpoints in a row: as many as are readable side by side on a laptop
const STAGES = 3; // in a row: as many names as fit beside it
const AIR = 8; // beside the tracks, and between those that belong to other rows
const LEAST = 30; // between rows, however few lines run there
const THIN = 4; // room for a label on a thin line
const NAMES = 128; // at the left, for the stages

/** Whole stages into each row as long as they fit; a longer stage takes rows of like length. */
export function rowsOf(columns: Column[]): Column[][] {
  const rows: Column[][] = [];
  for (const band of bandsOf(columns)) {
    const stage = columns.slice(band.first, band.first + band.count);
    const last = rows.at(-1);
    const fits = last !== undefined && bandsOf(last).length < STAGES;
    if (fits && last.length + stage.length <= MOST) {
      last.push(...stage);
      continue;
    }
    const length = Math.ceil(stage.length / Math.ceil(stage.length / MOST));
    for (let at = 0; at < stage.length; at += length) rows.push(stage.slice(at, at + length));
  }
  return rows;
}

/**
 * A long map in rows that are read like text, stage below stage. Steps to the next touchpoint go
 * straight; those that skip run above their row, those that go back below it, and those to other
 * rows between the rows and down the gaps between the touchpoints.
 */
export function layRows(columns: Column[], flow: FlowEdge[]): Drawn {
  const rows = rowsOf(columns);
  const places = new Map<string, Place>();
  rows.forEach((row, at) => row.forEach((c, col) => places.set(c.key, { row: at, col })));
  const most = Math.max(1, ...flow.map((e) => e.journeys));
  const thick = new Map(flow.map((e) => [stepId(e), Math.max(THIN, lineWidth(e.journeys, most))]));
  const routes = routesOf(flow, places, thick);
  const { tops, level } = layChannels(routes, thick, rows.length);
  const longest = Math.max(...rows.map((row) => row.length));
  return {
    boxes: new Map(
      [...places].map(([key, p]) => [
        key,
        { x: p.col * PITCH + NODE.width / 2, y: tops[p.row]! + NODE.height / 2 },
      ]),
    ),
    edges: routes.map((route) => drawn(route, tops, level)),
    names: rows.map((row, at) => ({
      key: `row ${at}`,
      x: -NAMES,
      y: tops[at]!,
      stages: bandsOf(row),
    })),
    area: {
      x: -NAMES,
      y: 0,
      width: NAMES + longest * PITCH - GAP,
      height: tops[rows.length]!,
    },
  };
}

/** Tops of the rows (the last: the end of all), and the height of every level part of a route. */
function layChannels(routes: Route[], thick: Map<string, number>, rows: number) {
  const tops: number[] = [];
  const level = new Map<string, number>();
  let edge = 0;
  for (let channel = 0; channel <= rows; channel += 1) {
    const lay = (side: "under" | "between" | "over") =>
      layTracks(
        routes.flatMap((route): Run[] =>
          route.parts
            .map((part, at) => ({ ...part, id: `${route.id} ${at}` }))
            .filter((part) => part.channel === channel && part.side === side)
            .map(({ id, from, to }) => ({
              id,
              first: Math.min(from, to) - 6,
              last: Math.max(from, to) + 6,
              width: thick.get(route.id)!,
            })),
        ),
        Number.POSITIVE_INFINITY,
      );
    const [under, between, over] = [lay("under"), lay("between"), lay("over")];
    const depth = under.depth + between.depth + over.depth;
    const room = depth === 0 ? LEAST : Math.max(LEAST, depth + 3 * AIR);
    for (const [id, at] of under.middle) level.set(id, edge + AIR + at);
    for (const [id, at] of between.middle) level.set(id, edge + AIR + under.depth + at);
    for (const [id, at] of over.middle) level.set(id, edge + room - AIR - at);
    edge += room;
    tops.push(edge);
    edge += NODE.height;
  }
  return { tops, level };
}

function drawn(route: Route, tops: number[], level: Map<string, number>): GraphEdge {
  const side = (place: Place, which: Route["leaves"]): number =>
    tops[place.row]! + { top: 0, middle: NODE.height / 2, bottom: NODE.height }[which];
  const points: Spot[] = [{ x: route.from, y: side(route.a, route.leaves) }];
  route.parts.forEach((part, at) => {
    const y = level.get(`${route.id} ${at}`)!;
    points.push({ x: part.from, y }, { x: part.to, y });
  });
  points.push({ x: route.to, y: side(route.b, route.enters) });
  const before = points.at(-2)!;
  const end = points.at(-1)!;
  return {
    id: route.id,
    edge: route.edge,
    points,
    label: labelOf(points),
    path: (d) => angledPath(points, d),
    heading: Math.atan2(end.y - before.y, end.x - before.x),
  };
}

/** Middle of the longest level line, where a label covers least. */
function labelOf(points: Spot[]): Spot {
  let best = { length: -1, x: 0, y: 0 };
  points.slice(1).forEach((p, at) => {
    const before = points[at]!;
    const length = p.y === before.y ? Math.abs(p.x - before.x) : 0;
    if (length > best.length) best = { length, x: (p.x + before.x) / 2, y: (p.y + before.y) / 2 };
  });
  return { x: best.x, y: best.y };
}
