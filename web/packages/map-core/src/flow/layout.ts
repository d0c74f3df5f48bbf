import type { FlowEdge } from "../types.ts";
import { type PlacedStep, placeSteps, type StepKind } from "./kinds.ts";
import { backPath, endPath, nextPath, skipPath, startPath, TURN } from "./paths.ts";
import { type Ports, portsOf } from "./ports.ts";
import { layTracks, type Run, type Tracks } from "./tracks.ts";

/** A walked step as a ribbon: two strokes side by side, with and without the outcome. */
export interface Ribbon {
  id: string;
  edge: FlowEdge;
  kind: StepKind;
  parts: { outcome: boolean; path: string; width: number }[];
  hit: string; // path for the pointer
  width: number;
  first: number; // leftmost and rightmost place that it touches
  last: number;
  label: { x: number; y: number };
}

export interface FlowNode {
  key: string;
  x: number;
  height: number;
}

export interface FlowLayout {
  ribbons: Ribbon[];
  nodes: FlowNode[];
  centre: number; // y of the paved way
  height: number;
}

export interface FlowSize {
  column: number; // width of a column
  bar: number; // height of the busiest touchpoint
  beside: number; // most room for tracks at each side
}

const NODE = 4; // half the width of a touchpoint's bar
const EDGE = 22; // room for the row of labels above and below
const LABEL = 40; // half the width of a label, about
const AIR = 12; // between the bars and the first track
const LEAST_ROOM = 28; // at each side, for those who come and leave
const THINNEST = 1.5;
const TWO_COLOURS = 2.5; // a thinner ribbon has the colour of the larger part

interface Frame {
  size: FlowSize;
  ports: Ports;
  above: Tracks;
  below: Tracks;
  widths: Map<string, number>;
  centre: number;
  height: number;
}

/**
 * The flow lane: the walked steps of `flow` over the touchpoints `keys`, in the map's order.
 * Widths are proportional to journeys; `all` is the whole flow, so that hiding rare steps moves
 * no scale.
 */
export function layFlow(
  flow: FlowEdge[],
  all: FlowEdge[],
  keys: string[],
  size: FlowSize,
): FlowLayout {
  const steps = placeSteps(flow, keys);
  const through = throughput(all);
  const scale = size.bar / Math.max(1, ...through.values());
  const widths = new Map(steps.map((s) => [s.id, Math.max(THINNEST, s.edge.journeys * scale)]));
  const runs = (wanted: StepKind[]) =>
    steps
      .filter((s) => wanted.includes(s.kind))
      .map((s): Run => {
        const { first, last } = span(s);
        return { id: s.id, first, last, width: widths.get(s.id)! };
      });
  const above = layTracks(runs(["skip"]), size.beside);
  const below = layTracks(runs(["back", "again"]), size.beside);
  const centre = EDGE + Math.max(above.depth, LEAST_ROOM) + AIR + size.bar / 2;
  const height = centre + size.bar / 2 + AIR + Math.max(below.depth, LEAST_ROOM) + AIR + EDGE;
  const frame = { size, ports: portsOf(steps, widths), above, below, widths, centre, height };
  return {
    ribbons: steps.map((s) => ribbonOf(s, frame)).toSorted((a, b) => b.width - a.width),
    nodes: keys.map((key, at) => ({
      key,
      x: (at + 0.5) * size.column,
      height: Math.max(6, (through.get(key) ?? 0) * scale),
    })),
    centre,
    height: Math.round(height),
  };
}

/** A self-loop takes a little room of its own on the tracks. */
function span(step: PlacedStep): { first: number; last: number } {
  const first = Math.min(step.from, step.to);
  const last = Math.max(step.from, step.to);
  return step.kind === "again" ? { first: first - 0.2, last: last + 0.2 } : { first, last };
}

/** Journeys through each touchpoint: the larger of those that come and those that go. */
function throughput(flow: FlowEdge[]): Map<string, number> {
  const come = new Map<string, number>();
  const go = new Map<string, number>();
  for (const edge of flow) {
    if (edge.to !== null) come.set(edge.to, (come.get(edge.to) ?? 0) + edge.journeys);
    if (edge.from !== null) go.set(edge.from, (go.get(edge.from) ?? 0) + edge.journeys);
  }
  const keys = new Set([...come.keys(), ...go.keys()]);
  return new Map([...keys].map((k) => [k, Math.max(come.get(k) ?? 0, go.get(k) ?? 0)]));
}

function ribbonOf(step: PlacedStep, frame: Frame): Ribbon {
  const width = frame.widths.get(step.id)!;
  const share = step.edge.journeys === 0 ? 0 : step.edge.with_outcome / step.edge.journeys;
  const draw = pathOf(step, frame);
  const parts =
    width < TWO_COLOURS
      ? [{ outcome: share >= 0.5, width, path: draw.path(0) }]
      : [
          { outcome: true, width: width * share, path: draw.path(-(width * (1 - share)) / 2) },
          { outcome: false, width: width * (1 - share), path: draw.path((width * share) / 2) },
        ].filter((part) => part.width > 0.3);
  return {
    id: step.id,
    edge: step.edge,
    kind: step.kind,
    parts,
    hit: draw.path(0),
    width,
    first: Math.min(step.from, step.to),
    last: Math.max(step.from, step.to),
    label: draw.label,
  };
}

function pathOf(
  step: PlacedStep,
  frame: Frame,
): { path: (d: number) => string; label: Ribbon["label"] } {
  const { size, ports, centre, height } = frame;
  const half = frame.widths.get(step.id)! / 2;
  const a = {
    x: (step.from + 0.5) * size.column + NODE,
    y: centre + (ports.out.get(step.id) ?? 0),
  };
  const b = { x: (step.to + 0.5) * size.column - NODE, y: centre + (ports.in.get(step.id) ?? 0) };
  const middle = (a.x + b.x) / 2;
  const over = centre - size.bar / 2 - AIR - (frame.above.middle.get(step.id) ?? 0);
  const under = centre + size.bar / 2 + AIR + (frame.below.middle.get(step.id) ?? 0);
  switch (step.kind) {
    case "start": {
      const edge = step.to * size.column + half + 4; // stays inside its column
      const drop = Math.max(edge, b.x - TURN - half);
      return {
        path: (d) => startPath(b, drop, EDGE, d),
        label: { x: Math.max(drop, step.to * size.column + LABEL), y: EDGE - 8 },
      };
    }
    case "end": {
      const drop = a.x + TURN + 4 + half;
      const floor = height - EDGE;
      return { path: (d) => endPath(a, drop, floor, d), label: { x: drop, y: floor + 14 } };
    }
    case "next":
      return { path: (d) => nextPath(a, b, d), label: { x: middle, y: (a.y + b.y) / 2 } };
    case "skip":
      return { path: (d) => skipPath(a, b, over, d), label: { x: middle, y: over } };
    default:
      return { path: (d) => backPath(a, b, under, d), label: { x: middle, y: under } };
  }
}
