import "@xyflow/react/dist/base.css";
import { litSteps, type Pointed } from "@desireline/map-core";
import { type Edge, type Node, Panel, ReactFlow, ReactFlowProvider, useStore } from "@xyflow/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { OutcomeKey } from "../marks/OutcomeKey.tsx";
import { RareSlider } from "../marks/RareSlider.tsx";
import { useLook, useMap } from "../state/map_context.ts";
import { useStepWords } from "../state/step_words.ts";
import { useFirstLook } from "./first_look.ts";
import styles from "./flowview.module.css";
import { NODE } from "./drawn.ts";
import { useSteadyGraph } from "./steady_graph.ts";
import { ROW, RowNode } from "./RowNode.tsx";
import { StepEdge } from "./StepEdge.tsx";
import { TouchpointNode } from "./TouchpointNode.tsx";
import { ZoomTools } from "./ZoomTools.tsx";

const NODE_TYPES = { touchpoint: TouchpointNode, row: RowNode };
const EDGE_TYPES = { step: StepEdge };

const FAR = 0.7; // zoomed out further, touchpoints show less in larger type

/** What people really did, as a graph: every walked step that the slider leaves. */
export function FlowView({ upright }: { upright: boolean }) {
  const { t } = useTranslation();
  return (
    <ReactFlowProvider>
      <section className={styles.view} aria-label={t("view.flow")}>
        <div className={styles.tools}>
          <OutcomeKey />
          <ZoomTools />
          <RareSlider />
        </div>
        <FlowGraph key={String(upright)} upright={upright} />
      </section>
    </ReactFlowProvider>
  );
}

function FlowGraph({ upright }: { upright: boolean }) {
  const { formats } = useMap();
  const { shown, flow, lit } = useLook();
  const { t } = useTranslation();
  const words = useStepWords();
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const graph = useSteadyGraph(shown, flow, upright);
  useFirstLook(graph.area, graph.nodes, upright);
  const bright = useMemo(() => litSteps(pointed ?? lit, flow), [pointed, lit, flow]);
  const far = useStore((s) => s.transform[2] < FAR);
  const most = Math.max(1, ...graph.edges.map((e) => e.edge.journeys));
  const nodes = useMemo(
    (): Node[] => [
      ...graph.nodes.map((n) => ({
        id: n.column.key,
        type: "touchpoint",
        position: { x: n.x, y: n.y },
        ...NODE,
        data: { ...n, upright },
      })),
      ...graph.names.map((n) => ({
        id: n.key,
        type: "row",
        position: { x: n.x, y: n.y },
        ...ROW,
        data: { stages: n.stages },
      })),
    ],
    [graph, upright],
  );
  const edges = useMemo(
    (): Edge[] =>
      graph.edges.map((e) => ({
        id: e.id,
        type: "step",
        source: e.edge.from!,
        target: e.edge.to!,
        data: {
          ...e,
          most,
          tip: words(e.edge),
          dim: bright !== null && !bright.has(e.id),
        },
        zIndex: bright?.has(e.id) ? 2 : 0,
      })),
    [graph, most, bright, words],
  );
  return (
    <ReactFlow
      className={far ? styles.far : ""}
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      minZoom={0.2}
      maxZoom={2}
      panOnScroll
      proOptions={{ hideAttribution: true }}
      onEdgeMouseEnter={(_, edge) => setPointed({ kind: "step", id: edge.id })}
      onEdgeMouseLeave={() => setPointed(null)}
      onNodeMouseEnter={(_, node) =>
        setPointed(node.type === "row" ? null : { kind: "touchpoint", key: node.id })
      }
      onNodeMouseLeave={() => setPointed(null)}
    >
      {graph.apart > 0 && (
        <Panel position="bottom-right" className={styles.apart}>
          {t("flow.apart", { n: formats.count(graph.apart), count: graph.apart })}
        </Panel>
      )}
    </ReactFlow>
  );
}
