import type { Column, FlowEdge } from "@desireline/map-core";

export const NODE = { width: 176, height: 64 };

const WIDEST = 18; // pixels of the line that most people walked

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
  path: (d: number) => string; // moved to its right-hand side by `d`
  heading: number; // angle of the arrow
}

/** A row's stages, named at its left. */
export interface RowName extends Spot {
  key: string;
  stages: { key: string; name: string }[];
}

/** A way to draw the graph: middles of the touchpoints, lines, names of rows, all of the area. */
export interface Drawn {
  boxes: Map<string, Spot>;
  edges: GraphEdge[];
  names: RowName[];
  area: { x: number; y: number; width: number; height: number };
}

export const lineWidth = (journeys: number, most: number): number =>
  Math.max(1.25, (journeys / most) * WIDEST);
