import { type Column, type FlowEdge, stepId } from "@desireline/map-core";
import { Graph, layout } from "@dagrejs/dagre";
import { type Drawn, type GraphEdge, type GraphNode, NODE, type Spot } from "./drawn.ts";
import { type PortSide, smoothPath, spreadPorts } from "./graph_ports.ts";
import { layRows } from "./lay_rows.ts";

const LONGEST = 2400; // a longer picture would be unreadable on a laptop when all of it is shown
const DENSE = 30; // more lines than this need room along the way, not across it

/**
 * The walked steps as a graph in the order of the map: top down, or left to right, or, where that
 * would be too long, in rows. Where journeys start and end stands on the touchpoints: lines to one
 * common end would cover the rest.
 */
export function layGraph(columns: Column[], flow: FlowEdge[], upright: boolean) {
  const known = new Set(columns.map((c) => c.key));
  const edges = flow.filter(
    (e) =>
      e.from !== null && e.to !== null && e.from !== e.to && known.has(e.from) && known.has(e.to),
  );
  const joined = new Set(edges.flatMap((e) => [e.from, e.to]));
  const present = joined.size === 0 ? columns : columns.filter((c) => joined.has(c.key));
  const line = layLine(present, edges, upright);
  const rows = !upright && line.area.width > LONGEST;
  const drawn = rows ? layRows(present, edges) : line;
  const nodes = present.map((column): GraphNode => {
    const box = drawn.boxes.get(column.key)!;
    const starts = flow.find((e) => e.from === null && e.to === column.key) ?? null;
    const ended = flow.find((e) => e.to === null && e.from === column.key) ?? null;
    return { column, starts, ends: ended, x: box.x - NODE.width / 2, y: box.y - NODE.height / 2 };
  });
  return { ...drawn, nodes, apart: columns.length - present.length };
}

/** All in one line. Steps back are laid the other way round, so that ranks follow the map. */
function layLine(present: Column[], edges: FlowEdge[], upright: boolean): Drawn {
  const place = new Map(present.map((c, at) => [c.key, at]));
  const back = (e: FlowEdge): boolean => place.get(e.to!)! < place.get(e.from!)!;
  const ends = (e: FlowEdge): [string, string] => (back(e) ? [e.to!, e.from!] : [e.from!, e.to!]);
  const graph = dagreOf(present, edges, ends, upright);
  const boxes = new Map(present.map((c) => [c.key, graph.node(c.key) as unknown as Spot]));
  const laid = edges.map((e) => {
    const [v, w] = ends(e);
    const way = graph.edge({ v, w, name: stepId(e) }) as unknown as Spot & { points: Spot[] };
    return { edge: e, v, w, inner: way.points.slice(1, -1), label: { x: way.x, y: way.y } };
  });
  const ports = spreadPorts(laid, boxes, upright, NODE);
  const drawn = laid.map((l, at): GraphEdge => {
    const { first, last } = ports[at] as PortSide;
    const forth = [first, ...l.inner, last];
    const points = back(l.edge) ? forth.toReversed() : forth;
    const end = points.at(-1)!;
    const before = points.at(-2)!;
    return {
      id: stepId(l.edge),
      edge: l.edge,
      label: l.label,
      points,
      path: (d) => smoothPath(points, upright, d),
      heading: upright ? Math.atan2(end.y - before.y, 0) : Math.atan2(0, end.x - before.x),
    };
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { boxes, edges: drawn, names: [], area: { x: 0, y: 0, width, height } };
}

function dagreOf(
  present: Column[],
  edges: FlowEdge[],
  ends: (e: FlowEdge) => [string, string],
  upright: boolean,
): Graph {
  const dense = edges.length > DENSE;
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: upright ? "TB" : "LR",
    ranksep: dense && !upright ? 104 : 64,
    nodesep: upright || dense ? 20 : 40,
    edgesep: upright || dense ? 12 : 22,
  });
  for (const c of present) graph.setNode(c.key, { ...NODE });
  for (const e of edges) {
    const weight = 1 + Math.round(Math.log2(1 + e.journeys));
    const [v, w] = ends(e);
    const label = { weight, width: upright ? 36 : 8, height: 14, labelpos: "c" };
    graph.setEdge(v, w, label, stepId(e));
  }
  layout(graph);
  return graph;
}
