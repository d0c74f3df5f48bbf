import { type Column, type FlowEdge, stepId } from "@desireline/map-core";
import { useMemo, useState } from "react";
import { layGraph } from "./lay_graph.ts";

type Graph = ReturnType<typeof layGraph>;

/** The graph laid once for its touchpoints and steps; their numbers change without moving them. */
export function useSteadyGraph(columns: Column[], flow: FlowEdge[], upright: boolean): Graph {
  const shape = `${upright} ${columns.map((c) => c.key).join(" ")} ${flow.map(stepId).toSorted().join(" ")}`;
  const [laid, setLaid] = useState(() => ({ shape, graph: layGraph(columns, flow, upright) }));
  const same = laid.shape === shape;
  const graph = useMemo(
    () => (same ? renumbered(laid.graph, columns, flow) : layGraph(columns, flow, upright)),
    [same, laid, columns, flow, upright],
  );
  if (!same) setLaid({ shape, graph });
  return graph;
}

/** The same places with the numbers of this moment. */
function renumbered(graph: Graph, columns: Column[], flow: FlowEdge[]): Graph {
  const column = new Map(columns.map((c) => [c.key, c]));
  const step = new Map(flow.map((e) => [stepId(e), e]));
  return {
    ...graph,
    nodes: graph.nodes.map((n) => ({
      ...n,
      column: column.get(n.column.key) ?? n.column,
      starts: n.starts && (step.get(stepId(n.starts)) ?? n.starts),
      ends: n.ends && (step.get(stepId(n.ends)) ?? n.ends),
    })),
    edges: graph.edges.map((e) => ({ ...e, edge: step.get(e.id) ?? e.edge })),
  };
}
