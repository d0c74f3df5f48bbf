import { describe, expect, it } from "vitest";
import { column, step } from "../../../../packages/map-core/tests/made.ts";
import { NODE } from "../flow/drawn.ts";
import { layGraph } from "../flow/lay_graph.ts";
import { layRows, rowsOf } from "../flow/lay_rows.ts";
import { angledPath } from "../flow/right_angles.ts";

const staged = (...sizes: number[]) =>
  sizes.flatMap((size, stage) =>
    Array.from({ length: size }, (_, at) =>
      column(`${stage}.${at}`, at, { stage: `s${stage}`, stageName: `Stage ${stage}` }),
    ),
  );

describe("rows of a long map", () => {
  it.each([
    [[7, 8, 6, 3], [7, 8, 6, 3]],
    [[10, 5, 1], [5, 5, 6]],
    [[1, 1, 1, 1], [3, 1]],
    [[17], [6, 6, 5]],
  ])("hold whole stages of %j where they fit", (sizes, rows) => {
    const laid = rowsOf(staged(...sizes));
    expect(laid.map((row) => row.length)).toEqual(rows);
    expect(laid.flat()).toEqual(staged(...sizes));
  });
});

describe("steps over rows", () => {
  const columns = staged(4, 6, 6);
  const flow = [
    step("0.0", "0.1", 90),
    step("0.0", "0.3", 40),
    step("0.3", "0.1", 20),
    step("0.1", "1.2", 30),
    step("0.2", "2.4", 10),
    step("2.0", "0.0", 5),
    step("2.5", "1.0", 3),
  ];
  const drawn = layRows(columns, flow);
  const box = (key: string) => drawn.boxes.get(key)!;

  it("lead from the edge of one touchpoint to the edge of the other, at right angles", () => {
    for (const { edge, points } of drawn.edges) {
      for (const [end, key] of [[points[0]!, edge.from!], [points.at(-1)!, edge.to!]] as const) {
        const [dx, dy] = [Math.abs(end.x - box(key).x), Math.abs(end.y - box(key).y)];
        expect(dx === NODE.width / 2 ? dy <= NODE.height / 2 : dy === NODE.height / 2).toBe(true);
        expect(dx).toBeLessThanOrEqual(NODE.width / 2);
      }
      points.slice(1).forEach((p, at) => {
        expect(p.x === points[at]!.x || p.y === points[at]!.y).toBe(true);
      });
    }
  });

  it("pass over no touchpoint", () => {
    const inside = (at: { x: number; y: number }) =>
      [...drawn.boxes.values()].some(
        (b) =>
          Math.abs(at.x - b.x) < NODE.width / 2 - 1 && Math.abs(at.y - b.y) < NODE.height / 2 - 1,
      );
    for (const { points } of drawn.edges) {
      points.slice(1).forEach((p, at) => {
        const before = points[at]!;
        for (let part = 1; part < 100; part += 1) {
          const x = before.x + ((p.x - before.x) * part) / 100;
          const y = before.y + ((p.y - before.y) * part) / 100;
          expect(inside({ x, y })).toBe(false);
        }
      });
    }
  });

  it("are all drawn, and all lies in the area", () => {
    expect(drawn.edges.map((e) => e.id)).toEqual(flow.map((e) => `${e.from}>${e.to}`));
    const { x, y, width, height } = drawn.area;
    for (const spot of [...drawn.boxes.values(), ...drawn.edges.flatMap((e) => e.points)]) {
      expect(spot.x).toBeGreaterThanOrEqual(x);
      expect(spot.x).toBeLessThanOrEqual(x + width);
      expect(spot.y).toBeGreaterThanOrEqual(y);
      expect(spot.y).toBeLessThanOrEqual(y + height);
    }
  });
});

describe("the graph of a long map", () => {
  const columns = staged(8, 8, 8);
  const flow = columns.slice(1).map((c, at) => step(columns[at]!.key, c.key, 10));

  it("lies in rows, stage below stage, and top down on a narrow screen", () => {
    expect(layGraph(columns, flow, false).names.map((n) => n.stages[0]!.name)).toEqual([
      "Stage 0",
      "Stage 1",
      "Stage 2",
    ]);
    expect(layGraph(columns, flow, true).names).toEqual([]);
  });
});

describe("a path with right angles", () => {
  const points = [
    { x: 0, y: 0 },
    { x: 0, y: 40 },
    { x: 50, y: 40 },
  ];

  it("has round corners", () => {
    expect(angledPath(points, 0)).toBe("M0 0L0 28Q0 40 12 40L50 40");
  });

  it("keeps its distance when moved to its right-hand side", () => {
    expect(angledPath(points, 4)).toBe("M-4 0L-4 32Q-4 44 8 44L50 44");
    expect(angledPath([], 4)).toBe("");
  });
});
