import { describe, expect, it } from "vitest";
import { column, step } from "../../../../packages/map-core/tests/made.ts";
import { smoothPath } from "../flow/graph_ports.ts";
import { NODE } from "../flow/drawn.ts";
import { layGraph } from "../flow/lay_graph.ts";

const COLUMNS = ["a", "b", "c", "lone"].map((key, at) => column(key, at));
const FLOW = [
  step(null, "a", 90),
  step("a", "b", 60),
  step("b", "c", 50),
  step("c", "a", 5),
  step("b", "b", 4),
  step("c", null, 45),
];

describe("the graph of the flow", () => {
  const graph = layGraph(COLUMNS, FLOW, false);
  const node = (key: string) => graph.nodes.find((n) => n.column.key === key)!;

  it("stands in the map's order, steps back or not", () => {
    expect(node("a").x).toBeLessThan(node("b").x);
    expect(node("b").x).toBeLessThan(node("c").x);
  });

  it("tells at a touchpoint how many start and end there", () => {
    expect(node("a").starts?.journeys).toBe(90);
    expect(node("c").ends?.journeys).toBe(45);
  });

  it("leaves out touchpoints without a step, and counts them", () => {
    expect(graph.nodes.map((n) => n.column.key)).not.toContain("lone");
    expect(graph.apart).toBe(1);
  });

  it("leads each line from the side of one touchpoint to the side of the other", () => {
    const back = graph.edges.find((e) => e.id === "c>a")!;
    expect(back.points[0]!.x).toBeCloseTo(node("c").x);
    expect(back.points.at(-1)!.x).toBeCloseTo(node("a").x + NODE.width);
  });

  it("goes down on a narrow screen", () => {
    const upright = layGraph(COLUMNS, FLOW, true);
    const ys = ["a", "b", "c"].map((k) => upright.nodes.find((n) => n.column.key === k)!.y);
    expect(ys.toSorted((x, y) => x - y)).toEqual(ys);
  });

  it("shows all touchpoints when nobody walked between any", () => {
    expect(layGraph(COLUMNS, [step(null, "a", 3)], false).nodes).toHaveLength(4);
  });
});

describe("a smooth path", () => {
  it("goes through its points, moved aside", () => {
    const points = [
      { x: 0, y: 0 },
      { x: 10, y: 20 },
    ];
    expect(smoothPath(points, false, 2)).toBe("M0 2C5 2 5 22 10 22");
    expect(smoothPath([], false, 0)).toBe("");
  });
});
