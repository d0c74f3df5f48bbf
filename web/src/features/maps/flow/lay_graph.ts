import { type Column, type FlowEdge, stepId } from "@desireline/map-core";
import { Graph, layout } from "@dagrejs/dagre";

export const NODE = { width: 152, height: 52 };
const END = { width: 64, height: 32 };
export const START_NODE = "·start";
export const END_NODE = "·end";

interface Spot {
  x: number;
  y: number;
}

export interface GraphNode extends Spot {
  id: string;
  width: number;
  height: number;
  column: Column | null; // null: where journeys start or end
}

export interface GraphEdge {
  id: string;
  edge: FlowEdge;
  source: string;
  target: string;
  points: Spot[];
  label: Spot;
}

/**
 * The walked steps as a graph, laid from start to end. Steps back against the map's order are
 * laid the other way round, so that ranks follow the map and the picture stays calm.
 */
export function layGraph(columns: Column[], flow: FlowEdge[], upright: boolean) {
  const place = new Map(columns.map((c, at) => [c.key, at]));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: upright ? "TB" : "LR", ranksep: upright ? 44 : 72, nodesep: upright ? 28 : 26, edgesep: 14 });
  graph.setDefaultEdgeLabel(() => ({}));
  const edges = flow.filter((e) => known(e.from, place) && known(e.to, place) && e.from !== e.to);
  const used = new Set(edges.flatMap((e) => [e.from ?? START_NODE, e.to ?? END_NODE]));
  for (const c of columns) if (used.has(c.key)) graph.setNode(c.key, { ...NODE });
  for (const id of [START_NODE, END_NODE]) if (used.has(id)) graph.setNode(id, { ...END });
  const backward = (e: FlowEdge): boolean =>
    e.from !== null && e.to !== null && place.get(e.to)! < place.get(e.from)!;
  for (const e of edges) {
    const [a, b] = [e.from ?? START_NODE, e.to ?? END_NODE];
    const [from, to] = backward(e) ? [b, a] : [a, b];
    graph.setEdge(from, to, { weight: 1 + Math.round(Math.log2(1 + e.journeys)), width: 40, height: 16, labelpos: "c" }, stepId(e));
  }
  layout(graph);
  const nodes = graph.nodes().map((id): GraphNode => {
    const box = graph.node(id) as Spot & { width: number; height: number };
    const column = columns.find((c) => c.key === id) ?? null;
    return { id, column, width: box.width, height: box.height, x: box.x - box.width / 2, y: box.y - box.height / 2 };
  });
  const laid = edges.map((e): GraphEdge => {
    const [a, b] = [e.from ?? START_NODE, e.to ?? END_NODE];
    const [from, to] = backward(e) ? [b, a] : [a, b];
    const box = graph.edge({ v: from, w: to, name: stepId(e) }) as unknown as Spot & { points: Spot[] };
    const points = backward(e) ? box.points.toReversed() : box.points;
    return { id: stepId(e), edge: e, source: a, target: b, points, label: { x: box.x, y: box.y } };
  });
  return { nodes, edges: laid };
}

function known(key: string | null, place: Map<string, number>): boolean {
  return key === null || place.has(key);
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** A smooth path through points: corners are rounded by quadratic curves through the midpoints. */
export function smoothPath(points: Spot[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${round(first.x)} ${round(first.y)}`;
  rest.forEach((p, at) => {
    const next = rest[at + 1];
    if (next === undefined) path += `L${round(p.x)} ${round(p.y)}`;
    else path += `Q${round(p.x)} ${round(p.y)} ${round((p.x + next.x) / 2)} ${round((p.y + next.y) / 2)}`;
  });
  return path;
}
