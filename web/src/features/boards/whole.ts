import type { AnyQuestion } from "../explore/asking.ts";
import { periodOf } from "../explore/question.ts";
import { viewOf, type View } from "../explore/view.ts";

/** What is said of a whole dashboard, as its address has it. */
export type Whole = Pick<View, "from" | "to" | "last" | "segment">;

export function wholeOf(said: Record<string, unknown>): Whole {
  const { from, to, last, segment } = viewOf(said);
  return JSON.parse(JSON.stringify({ from, to, last, segment })) as Whole;
}

type Plain = Exclude<AnyQuestion, { analysis: "compare" }>;

/** A question of a tile, of the period of the dashboard and only of its segment. */
export function narrowed(question: AnyQuestion, whole: Whole): AnyQuestion {
  if (question.analysis === "compare") {
    const compared = question as Extract<AnyQuestion, { of: unknown }>;
    return { ...compared, of: narrowed(compared.of, whole) as typeof compared.of };
  }
  return { ...question, ...inPeriod(question as Plain, whole), ...amongThose(question as Plain, whole) } as AnyQuestion;
}

function inPeriod({ filter }: Plain, whole: Whole): Pick<Plain, "filter"> | object {
  const period = periodOf(whole);
  if (Object.keys(period).length === 0) return {};
  const { start: _start, stop: _stop, last_days: _last, ...rest } = filter ?? {};
  return { filter: { ...rest, ...period } };
}

/** Who is in the segment of the question and in that of the dashboard. */
function amongThose({ segment }: Plain, whole: Whole): Pick<Plain, "segment"> | object {
  if (whole.segment === undefined) return {};
  const own = segment === null || segment === undefined ? [] : [segment].flat();
  return { segment: own.length === 0 ? whole.segment : [...own, whole.segment] };
}
