import type { Shapes } from "../../../api/client.ts";
import { type Analysis, type Group, kept, type View } from "../view.ts";

type AnyQuestion = Shapes["KeptQuestion"]["query"];
type Plain = Exclude<AnyQuestion, { analysis: "compare" | "conformance" }>;
type Said = Partial<Record<string, unknown>>;

const DAY_MS = 86_400_000;
const text = (told: unknown): string | undefined => (typeof told === "string" ? told : undefined);
const first = (moment: unknown): string | undefined => text(moment)?.slice(0, 10);
const last = (moment: unknown): string | undefined =>
  typeof moment === "string"
    ? new Date(Date.parse(moment) - DAY_MS).toISOString().slice(0, 10)
    : undefined;

/** What the page shows of a question that was kept; rules told as trees have no place in fields. */
function plainView(question: Plain): View {
  const said = question as Said;
  const filter = question.filter;
  const [segment, among] = Array.isArray(question.segment) ? question.segment : [question.segment];
  const steps = said["steps"] as Shapes["StepDocument"][] | undefined;
  const window = said["window_seconds"];
  const period = said["period"];
  return kept<View>({
    from: first(filter?.start),
    to: last(filter?.stop),
    last: filter?.last_days ?? undefined,
    channels: filter?.channels !== undefined && filter.channels.length > 0 ? filter.channels : undefined,
    bots: filter?.bots === "without" ? false : undefined,
    segment: text(segment),
    among: text(among),
    visits: question.sessions ? true : undefined,
    outcome: text(said["outcome"]),
    steps: steps?.flatMap((step) => text(step.rule) ?? []),
    days: typeof window === "number" ? window / (DAY_MS / 1000) : undefined,
    by: text(said["by"]),
    anchor: text(said["anchor"]),
    begins: text(said["begins"]),
    back: text(said["back"]),
    period: period === "day" || period === "month" ? period : undefined,
    rolling: said["kind"] === "on_or_after" ? true : undefined,
    a: undefined,
    b: undefined,
    least: undefined,
  });
}

const groupView = (group: Shapes["GroupDocument"]): Group =>
  kept<Group>({
    name: undefined,
    segment: text(group.segment),
    channel: text(group.column?.value),
    from: first(group.start),
    to: last(group.stop),
  });

/** The page on which a kept question is asked again. */
export function viewOfKept(question: AnyQuestion): { analysis: Analysis; view: View } {
  if (question.analysis !== "compare")
    return { analysis: question.analysis, view: plainView(question as Plain) };
  const { of, a, b } = question as Shapes["CompareQuestion"];
  const view = { ...plainView(of as Plain), a: groupView(a), ...(b ? { b: groupView(b) } : {}) };
  return { analysis: of.analysis, view };
}
