import type { Shapes } from "../../api/client.ts";

type PathNode = Shapes["PathNode"];

/** One event at one distance from the anchor: all paths that are there at that moment. */
export interface StepNode {
  id: string;
  /** Negative before the anchor, 0 at it. */
  level: number;
  event: string | null;
  kind: string;
  count: number;
  /** Of the anchors, with its interval; not of what is put together here. */
  told: Shapes["Share"] | undefined;
  /** From the anchor to here, where only one way leads here: what the persons behind it walked. */
  ways: (string | null)[][];
  y: number;
  height: number;
}

export interface StepLink {
  from: string;
  to: string;
  count: number;
}

export interface StepLayout {
  nodes: StepNode[];
  links: StepLink[];
  levels: number[];
  height: number;
}

const GAP = 14;
const LEAST = 3;
/** Events of one column; rarer ones are told together. */
const MOST = 8;

const idOf = (level: number, kind: string, event: string | null): string =>
  `${level} ${kind} ${event ?? ""}`;

/** Where paths come together again after the same number of steps, they are one node. */
class Gathered {
  readonly nodes = new Map<string, StepNode>();
  readonly links = new Map<string, StepLink>();

  add(node: PathNode, level: number, way: (string | null)[], parent: string | null): void {
    const id = idOf(level, node.kind, node.event);
    const known = this.nodes.get(id);
    if (known === undefined) {
      const { event, kind, count } = node;
      this.nodes.set(id, { id, level, event, kind, count, told: undefined, ways: [way], y: 0, height: 0 });
    } else {
      known.count += node.count;
      known.ways.push(way);
    }
    if (parent !== null) {
      const [from, to] = level > 0 ? [parent, id] : [id, parent];
      const name = `${from} > ${to}`;
      const link = this.links.get(name);
      if (link === undefined) this.links.set(name, { from, to, count: node.count });
      else link.count += node.count;
    }
    const next = level + (level < 0 || (level === 0 && this.back) ? -1 : 1);
    for (const child of node.children) this.add(child, next, [...way, child.event], id);
  }

  back = false;
}

/** Columns of nodes before and after an anchor, as high as they are frequent, in `room` pixels. */
export function laySteps(result: Shapes["PathsResult"], room: number): StepLayout {
  const gathered = new Gathered();
  gathered.add(result.after, 0, [], null);
  gathered.back = true;
  const anchor = [...gathered.nodes.values()][0]!;
  for (const child of result.before.children) gathered.add(child, -1, [child.event], anchor.id);
  for (const { distance, kind, event, of_anchors } of result.steps) {
    const node = gathered.nodes.get(idOf(distance, kind, event));
    if (node !== undefined) node.told = of_anchors;
  }
  fold(gathered);
  const nodes = [...gathered.nodes.values()];
  const levels = [...new Set(nodes.map((node) => node.level))].toSorted((a, b) => a - b);
  const scale = room / Math.max(result.anchors, 1);
  let height = 0;
  for (const level of levels) {
    let y = 0;
    for (const node of inOrder(nodes.filter((one) => one.level === level))) {
      node.y = y;
      node.height = Math.max(node.count * scale, LEAST);
      y += Math.max(node.height, 22) + GAP;
    }
    height = Math.max(height, y - GAP);
  }
  return { nodes, links: [...gathered.links.values()], levels, height };
}

/** Puts what is rare in its column into the one node of all others there. */
function fold({ nodes, links }: Gathered): void {
  const into = new Map<string, string>();
  for (const level of new Set([...nodes.values()].map((node) => node.level))) {
    const events = [...nodes.values()].filter((n) => n.level === level && n.kind === "event");
    for (const rare of events.toSorted((a, b) => b.count - a.count).slice(MOST)) {
      const id = idOf(level, "other", null);
      const rest = nodes.get(id) ?? { ...rare, id, event: null, kind: "other", count: 0, told: undefined, ways: [] };
      nodes.set(id, { ...rest, count: rest.count + rare.count, told: undefined, ways: [...rest.ways, ...rare.ways] });
      nodes.delete(rare.id);
      into.set(rare.id, id);
    }
  }
  const old = [...links.values()];
  links.clear();
  for (const { from, to, count } of old) {
    const [begin, end] = [into.get(from) ?? from, into.get(to) ?? to];
    const name = `${begin} > ${end}`;
    links.set(name, { from: begin, to: end, count: count + (links.get(name)?.count ?? 0) });
  }
}

/** The most frequent first; ends and what is folded last. */
const inOrder = (nodes: StepNode[]): StepNode[] =>
  nodes.toSorted(
    (a, b) => Number(a.kind !== "event") - Number(b.kind !== "event") || b.count - a.count,
  );
