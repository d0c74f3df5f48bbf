import type { AnyAnswer } from "../explore/asking.ts";
import type { Target } from "./queries.ts";

export type Address = Target["figure"];
export type Unit = Target["unit"];

/** A number of an answer that a tile can show and a target can be set on. */
export interface Figure {
  address: Address;
  /** Names of its kind and of what it is of: "exit", "cart". */
  kind: string;
  of: string;
  unit: Unit;
  value: number | null;
  low?: number | null | undefined;
  high?: number | null | undefined;
  n?: number | undefined;
}

interface Told {
  n: number;
  share: number | null;
  low: number | null;
  high: number | null;
}

const share = (kind: string, of: string, address: Address, told: Told): Figure => ({
  kind,
  of,
  address: [...address, "share"],
  unit: "share",
  value: told.share,
  low: told.low,
  high: told.high,
  n: told.n,
});
const count = (kind: string, of: string, address: Address, value: number): Figure => ({
  kind,
  of,
  address,
  unit: "count",
  value,
});
const seconds = (kind: string, of: string, address: Address, value: number | null, n?: number): Figure => ({
  kind,
  of,
  address: [...address, "p50"],
  unit: "seconds",
  value,
  n,
});

type Of<A extends AnyAnswer["analysis"]> = Extract<AnyAnswer, { analysis: A }>["result"];

/** Of lists so many, the most frequent. */
const MOST = 40;
const bare = (kind: string, of: string, address: Address, value: number): Figure => ({
  kind,
  of,
  address: [...address, "share"],
  unit: "share",
  value,
});

function ofFunnel(result: Of<"funnel">): Figure[] {
  const last = result.steps.at(-1)?.name ?? "";
  const steps = result.steps.flatMap((step, at) =>
    at === 0
      ? [count("reached", step.name, ["steps", at, "reached"], step.reached)]
      : [
          share("share_of_first", step.name, ["steps", at, "share_of_first"], step.share_of_first),
          share("share_of_previous", step.name, ["steps", at, "share_of_previous"], step.share_of_previous),
          count("reached", step.name, ["steps", at, "reached"], step.reached),
        ],
  );
  const time = result.time_to_convert;
  return [
    share("converted", last, ["converted"], result.converted),
    seconds("time_to_convert", last, ["time_to_convert"], time.p50, time.n),
    ...steps,
  ];
}

const ofTouchpoints = (result: Of<"touchpoints">): Figure[] =>
  result.touchpoints.slice(0, MOST).flatMap((one) => {
    const at: Address = ["touchpoints", { event: one.event }];
    const shares = (["reach", "exit", "loop", "outcome"] as const).flatMap((kind) => {
      const told = one[kind];
      return told === null ? [] : [share(kind, one.event, [...at, kind], told)];
    });
    const { p50, n } = one.wait_after;
    return shares.concat(seconds("wait_after", one.event, at.concat("wait_after"), p50, n));
  });

const ofTransitions = (result: Of<"transitions">): Figure[] => [
  count("journeys", "", ["cases"], result.cases),
  ...result.transitions.slice(0, MOST).flatMap((one) => {
    const of = `${one.from} → ${one.to}`;
    const at: Address = ["transitions", { from: one.from, to: one.to }];
    return [
      count("times", of, [...at, "count"], one.count),
      bare("share_of_next", of, at, one.share),
      seconds("wait", of, [...at, "wait_seconds"], one.wait_seconds.p50, one.count),
    ];
  }),
];

const ofPositions = (result: Of<"positions">): Figure[] => [
  count("open", "", ["open"], result.open),
  ...result.positions.slice(0, MOST).flatMap((one) => {
    const at: Address = ["positions", { event: one.event }];
    return [
      count("open", one.event, [...at, "open"], one.open),
      seconds("open_since", one.event, [...at, "open_since_seconds"], one.open_since_seconds.p50, one.open),
    ];
  }),
];

const ofPaths = (result: Of<"paths">): Figure[] => [
  count("times", result.anchor ?? "", ["anchors"], result.anchors),
  ...(["after", "before"] as const).flatMap((side) =>
    result[side].children
      .filter((one) => one.event !== null)
      .map((one) => bare(side, one.event!, [side, "children", { event: one.event }], one.share)),
  ),
];

const ofRetention = (result: Of<"retention">): Figure[] => [
  ...result.cells
    .filter((cell) => cell.state === "over" && cell.share !== null)
    .map((cell) => share(`back_${result.period}`, `${cell.period}`, ["cells", { period: cell.period }], cell)),
  count("began", "", ["n"], result.n),
];

const ofVariants = (result: Of<"variants">): Figure[] => [
  count("journeys", "", ["cases"], result.cases),
  count("ways", "", ["distinct"], result.distinct),
];

const ofCompare = (result: Of<"compare">): Figure[] => [
  count("found", `${result.name_a} / ${result.name_b}`, ["found"], result.found),
];

/** Every number of an answer by which a target can be set, the most telling first. */
export function figuresOf(answer: AnyAnswer): Figure[] {
  switch (answer.analysis) {
    case "funnel":
      return ofFunnel(answer.result);
    case "touchpoints":
      return ofTouchpoints(answer.result);
    case "transitions":
      return ofTransitions(answer.result);
    case "positions":
      return ofPositions(answer.result);
    case "paths":
      return ofPaths(answer.result);
    case "retention":
      return ofRetention(answer.result);
    case "variants":
      return ofVariants(answer.result);
    default:
      return ofCompare(answer.result);
  }
}

/** An address as a text, by which figures, bars and targets find each other. */
export const spelled = (address: Address): string =>
  JSON.stringify(address, (_, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b)))
      : value,
  );

/** The figure at an address; undefined where the answer has none. */
export const figureAt = (answer: AnyAnswer, address: Address): Figure | undefined =>
  figuresOf(answer).find((one) => spelled(one.address) === spelled(address));

export type Standing = "met" | "missed" | "unsure" | "unknown";

/** Whether a figure meets a target: for sure where its whole interval lies on the right side. */
export function standing(figure: Figure | undefined, op: Target["op"], threshold: number): Standing {
  if (figure === undefined || figure.value === null) return "unknown";
  const low = figure.low ?? figure.value;
  const high = figure.high ?? figure.value;
  if (op === "at_least") return low >= threshold ? "met" : high < threshold ? "missed" : "unsure";
  return high <= threshold ? "met" : low > threshold ? "missed" : "unsure";
}
