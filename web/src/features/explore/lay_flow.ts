import { Graph, layout } from "@dagrejs/dagre";
import type { Shapes } from "../../api/client.ts";

export type Step = Shapes["Transition"];

export interface Box {
  event: string;
  x: number;
  y: number;
}

export interface Way {
  step: Step;
  path: string;
  label: { x: number; y: number };
}

export interface FlowDrawing {
  boxes: Box[];
  ways: Way[];
  width: number;
  height: number;
}

export const BOX = { width: 150, height: 40 };
interface Spot {
  x: number;
  y: number;
}

/** A line through points, its corners rounded. */
export function smooth(points: Spot[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const parts = [`M${first.x},${first.y}`];
  rest.forEach((point, at) => {
    const next = rest[at + 1];
    if (next === undefined) parts.push(`L${point.x},${point.y}`);
    else parts.push(`Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`);
  });
  return parts.join("");
}

/** Steps between events as a graph from left to right: where journeys begin stands left. */
export function layFlow(steps: Step[]): FlowDrawing {
  const between = steps.filter((s) => s.from !== null && s.to !== null && s.from !== s.to);
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", ranksep: 72, nodesep: 18, edgesep: 12, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const event of new Set(between.flatMap((s) => [s.from!, s.to!]))) graph.setNode(event, { ...BOX });
  // What is frequent is laid straight and short.
  for (const step of between)
    graph.setEdge(step.from!, step.to!, { weight: Math.ceil(Math.log2(step.count + 1)) }, "step");
  layout(graph);
  const boxes = graph.nodes().map((event): Box => {
    const spot = graph.node(event) as unknown as Spot;
    return { event, x: spot.x - BOX.width / 2, y: spot.y - BOX.height / 2 };
  });
  const ways = between.map((step): Way => {
    const edge = graph.edge({ v: step.from!, w: step.to!, name: "step" }) as unknown as {
      points: Spot[];
    };
    const middle = edge.points[Math.floor(edge.points.length / 2)] ?? { x: 0, y: 0 };
    return { step, path: smooth(edge.points), label: middle };
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { boxes, ways, width, height };
}
