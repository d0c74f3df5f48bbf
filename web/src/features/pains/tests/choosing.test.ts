import { expect, test } from "vitest";
import { departmentsOf, lostIn, narrowed, quotesOf, reachOf, signalsOf, worseBy } from "../choosing.ts";
import type { Pain, Quotes } from "../queries.ts";

const pain = (
  signal: Pain["signal"],
  department: string | null,
  effect: [number, number, number] | null,
): Pain =>
  ({
    signal,
    department,
    touchpoint: "cart",
    aim: "outcome",
    effect: effect && { difference: effect[0], low: effect[1], high: effect[2] },
  }) as Pain;

const WAIT = pain("wait", "sales", [-0.2, -0.3, -0.1]);
const EXIT = pain("exit", "service", [0.4, 0.35, 0.45]);
const ODD = pain("loop", null, null);

test("what ends well less often, and what leaves more often, are both worse", () => {
  expect(worseBy(WAIT)).toEqual([0.2, 0.1, 0.3]);
  expect(worseBy(EXIT)).toEqual([0.4, 0.35, 0.45]);
  expect(worseBy(ODD)).toBeNull();
  expect(reachOf([WAIT, EXIT, ODD])).toBe(0.45);
});

test("a loss has no more digits than its interval allows", () => {
  const loss = (harm: number, half: number) =>
    lostIn({ harm, effect: { difference: -0.2, low: -0.2 - half, high: -0.2 + half } });
  expect(loss(1243, 0.1)).toBe(1200); // give or take 622
  expect(loss(1243, 0.01)).toBe(1240); // 62
  expect(loss(1243, 0.001)).toBe(1243); // 6
  expect(loss(38.2, 0.19)).toBe(40); // 36
  expect(loss(4.4, 0.4)).toBe(4); // 9
  expect(lostIn({ harm: 57, effect: null })).toBe(57);
});

test("chosen by signal and department", () => {
  const all = [WAIT, EXIT, ODD];
  expect(narrowed(all, "wait", null)).toEqual([WAIT]);
  expect(narrowed(all, null, "service")).toEqual([EXIT]);
  expect(signalsOf(all)).toEqual(["wait", "exit", "loop"]);
  expect(departmentsOf(all)).toEqual(["sales", "service"]);
});

test("a quote stands at its pain", () => {
  const said = [{ signal: "wait", touchpoint: "cart", quotes: [{ text: "so slow" }] }] as Quotes[];
  expect(quotesOf(said, WAIT)).toHaveLength(1);
  expect(quotesOf(said, EXIT)).toEqual([]);
});
