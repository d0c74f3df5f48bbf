import type { Formats } from "@desireline/map-core";
import type { AnyAnswer } from "../../explore/asking.ts";
import { type Address, spelled } from "../figures.ts";

/** One row of a tile. */
export interface Bar {
  name: string;
  /** 0 to 1: how long it is drawn. */
  length: number;
  /** Its interval on the same scale. */
  low?: number;
  high?: number;
  label: string;
  n?: string;
  /** Addresses of the figure that it draws, so that a target finds it. */
  figures: string[];
  /** What stands at the end of the scale, where a target is to be drawn on it. */
  full: number;
}

/** Of touchpoints, what a tile draws. */
export const SIDES = ["reach", "exit", "loop", "outcome"] as const;
export type Side = (typeof SIDES)[number];
export const sideOf = (view: string): Side => SIDES.find((side) => side === view) ?? "reach";

interface Share {
  n: number;
  share: number | null;
  low: number | null;
  high: number | null;
}

const shareBar = (f: Formats, name: string, told: Share, addresses: Address[], full = 1): Bar => ({
  name,
  length: (told.share ?? 0) / full,
  low: (told.low ?? 0) / full,
  high: Math.min((told.high ?? 0) / full, 1),
  label: f.share(told.share),
  n: f.count(told.n),
  figures: addresses.map((one) => spelled([...one, "share"])),
  full,
});

const countBar = (f: Formats, name: string, value: number, most: number, address: Address): Bar => ({
  name,
  length: value / Math.max(most, 1),
  label: f.count(value),
  figures: [spelled(address)],
  full: Math.max(most, 1),
});

/** The longest bar fills the width, where shares are all small. */
const fullOf = (shares: (Share | null)[]): number =>
  Math.max(...shares.map((one) => one?.high ?? 0), 0.01);

/** What the rows say besides names and numbers. */
export interface Words {
  /** Where a path ends. */
  outside: string;
  succeed: (share: string) => string;
}

/** The rows that a tile draws of an answer; of a curve and of differences it draws no rows. */
export function barsOf(answer: AnyAnswer, view: string, f: Formats, words: Words): Bar[] {
  switch (answer.analysis) {
    case "funnel": {
      const last = answer.result.steps.length - 1;
      return answer.result.steps.map((step, at) => {
        const addresses: Address[] = [["steps", at, "share_of_first"]];
        if (at === last) addresses.push(["converted"]);
        return { ...shareBar(f, step.name, step.share_of_first, addresses), n: f.count(step.reached) };
      });
    }
    case "touchpoints": {
      const side = sideOf(view);
      const told = answer.result.touchpoints
        .filter((one) => (one[side]?.n ?? 0) > 0)
        .toSorted((a, b) => (b[side]?.low ?? 0) - (a[side]?.low ?? 0));
      const full = fullOf(told.map((one) => one[side]));
      return told.map((one) =>
        shareBar(f, one.event, one[side]!, [["touchpoints", { event: one.event }, side]], full),
      );
    }
    case "transitions": {
      const most = answer.result.transitions[0]?.count ?? 1;
      return answer.result.transitions.map(({ from, to, count }) =>
        countBar(f, `${from} → ${to}`, count, most, ["transitions", { from, to }, "count"]),
      );
    }
    case "positions": {
      const most = Math.max(...answer.result.positions.map((one) => one.open), 1);
      return answer.result.positions.map(({ event, open }) =>
        countBar(f, event, open, most, ["positions", { event }, "open"]),
      );
    }
    case "paths":
      return answer.result.after.children.map((one) => ({
        name: one.event ?? words.outside,
        length: one.share,
        label: f.share(one.share),
        n: f.count(one.count),
        figures: [spelled(["after", "children", { event: one.event }, "share"])],
        full: 1,
      }));
    case "variants":
      return answer.result.variants.map((one) => {
        const full = answer.result.variants[0]?.high ?? 1;
        const bar = shareBar(f, one.events.join(" › "), { ...one, n: one.count }, [], full);
        if (typeof one.with_outcome !== "number") return bar;
        return { ...bar, n: `${bar.n} · ${words.succeed(f.share(one.with_outcome / one.count))}` };
      });
    default:
      return [];
  }
}
