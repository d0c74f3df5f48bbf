import { type Column, type FlowEdge, stepId } from "@desireline/map-core";
import { Graph, layout } from "@dagrejs/dagre";
import { type PortSide, spreadPorts } from "./graph_ports.ts";

export const NODE = { width: 156, height: 64 };

const DENSE = 30; // more lines than this need room along the way, not across it

export interface Spot {
  x: number;
  y: number;
}

export interface GraphNode extends Spot {
  column: Column;
  starts: FlowEdge | null;
  ends: FlowEdge | null;
}

export interface GraphEdge {
  id: string;
  edge: FlowEdge;
  points: Spot[]; // from side to side
  label: Spot;
}

/**
 * The walked steps as a graph in the order of the map, left to right or top down. Steps back are
 * laid the other way round, so that ranks follow the map and the picture stays calm. Where
 * journeys start and end stands on the touchpoints: lines to one common end would cover the rest.
 */
export function layGraph(columns: Column[], flow: FlowEdge[], upright: boolean) {
  const place = new Map(columns.map((c, at) => [c.key, at]));
  const edges = flow.filter(
    (e) =>
      e.from !== null && e.to !== null && e.from !== e.to && place.has(e.from) && place.has(e.to),
  );
  const back = (e: FlowEdge): boolean => place.get(e.to!)! < place.get(e.from!)!;
  const ends = (e: FlowEdge): [string, string] => (back(e) ? [e.to!, e.from!] : [e.from!, e.to!]);
  const dense = edges.length > DENSE;
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: upright ? "TB" : "LR",
    ranksep: dense && !upright ? 104 : 64,
    nodesep: upright || dense ? 20 : 40,
    edgesep: upright || dense ? 12 : 22,
  });
  const joined = new Set(edges.flatMap((e) => [e.from, e.to]));
  const present = joined.size === 0 ? columns : columns.filter((c) => joined.has(c.key));
  for (const c of present) graph.setNode(c.key, { ...NODE });
  for (const e of edges) {
    const weight = 1 + Math.round(Math.log2(1 + e.journeys));
    graph.setEdge(
      ...ends(e),
      { weight, width: upright ? 36 : 8, height: 14, labelpos: "c" },
      stepId(e),
    );
  }
  layout(graph);
  const boxes = new Map(present.map((c) => [c.key, graph.node(c.key) as unknown as Spot]));
  const laid = edges.map((e) => {
    const [v, w] = ends(e);
    const way = graph.edge({ v, w, name: stepId(e) }) as unknown as Spot & { points: Spot[] };
    return { edge: e, v, w, inner: way.points.slice(1, -1), label: { x: way.x, y: way.y } };
  });
  const ports = spreadPorts(laid, boxes, upright, NODE);
  const nodes = present.map((column): GraphNode => {
    const box = boxes.get(column.key)!;
    const starts = flow.find((e) => e.from === null && e.to === column.key) ?? null;
    const ended = flow.find((e) => e.to === null && e.from === column.key) ?? null;
    return { column, starts, ends: ended, x: box.x - NODE.width / 2, y: box.y - NODE.height / 2 };
  });
  const drawn = laid.map((l, at): GraphEdge => {
    const { first, last } = ports[at] as PortSide;
    const points = [first, ...l.inner, last];
    return {
      id: stepId(l.edge),
      edge: l.edge,
      label: l.label,
      points: back(l.edge) ? points.toReversed() : points,
    };
  });
  return { nodes, edges: drawn, apart: columns.length - present.length };
}
