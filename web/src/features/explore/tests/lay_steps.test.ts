import { describe, expect, it } from "vitest";
import { laySteps } from "../lay_steps.ts";

const leaf = (event: string | null, kind: string, count: number, children: object[] = []) => ({
  event,
  kind,
  count,
  share: 0,
  kinds: 1,
  children,
});

const result = (after: object[], before: object[], n = 10, steps: object[] = []) =>
  ({
    anchor: "cart",
    anchors: n,
    after: leaf("cart", "anchor", n, after),
    before: leaf("cart", "anchor", n, before),
    steps,
  }) as unknown as Parameters<typeof laySteps>[0];

describe("steps around an event", () => {
  it("have the interval that was told of them, and none once they are put together", () => {
    const of_anchors = { n: 10, count: 6, share: 0.6, low: 0.3, high: 0.8 };
    const many = Array.from({ length: 9 }, (_, at) => leaf(`e${at}`, "event", at ? 1 : 2));
    const told = many.map(({ event, kind }) => ({ distance: 1, event, kind, of_anchors }));
    const drawn = laySteps(result(many, [], 10, told), 100);
    expect(drawn.nodes.find((node) => node.event === "e0")?.told).toEqual(of_anchors);
    expect(drawn.nodes.find((node) => node.kind === "other")?.told).toBeUndefined();
  });

  it("come together where they stand at the same distance", () => {
    const drawn = laySteps(
      result(
        [
          leaf("order", "event", 6, [leaf("mail", "event", 6)]),
          leaf("view", "event", 4, [leaf("mail", "event", 3), leaf(null, "end", 1)]),
        ],
        [leaf("view", "event", 10)],
      ),
      100,
    );
    const mail = drawn.nodes.filter((node) => node.event === "mail");
    expect(mail).toHaveLength(1);
    expect(mail[0]).toMatchObject({ level: 2, count: 9, height: 90 });
    expect(drawn.levels).toEqual([-1, 0, 1, 2]);
    const into = drawn.links.filter((link) => link.to === mail[0]!.id);
    expect(into.map((link) => link.count).toSorted()).toEqual([3, 6]);
  });

  it("keep all that comes in: what leads to a node is what stands there", () => {
    const drawn = laySteps(
      result(
        Array.from({ length: 14 }, (_, at) => leaf(`e${at}`, "event", 14 - at)),
        [leaf(null, "end", 105)],
        105,
      ),
      100,
    );
    for (const node of drawn.nodes.filter((one) => one.level > 0)) {
      const into = drawn.links.filter((link) => link.to === node.id);
      expect(into.reduce((sum, link) => sum + link.count, 0)).toBe(node.count);
    }
    const rest = drawn.nodes.find((node) => node.kind === "other");
    expect(rest).toMatchObject({ count: 6 + 5 + 4 + 3 + 2 + 1, event: null });
    expect(drawn.nodes.filter((node) => node.level === 1)).toHaveLength(9);
  });

  it("do not overlap in a column", () => {
    const drawn = laySteps(
      result([leaf("a", "event", 5), leaf("b", "event", 4), leaf(null, "end", 1)], []),
      50,
    );
    const column = drawn.nodes.filter((node) => node.level === 1);
    column.slice(1).forEach((node, at) => {
      expect(node.y).toBeGreaterThanOrEqual(column[at]!.y + column[at]!.height);
    });
    expect(column.at(-1)!.kind).toBe("end");
  });
});
