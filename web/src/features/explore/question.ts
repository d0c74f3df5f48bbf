import type { Shapes } from "../../api/client.ts";
import type { Analysis, Group, View } from "./view.ts";
import { kept } from "./view.ts";

/** The question of each analysis, as the server takes it. */
export interface Questions {
  transitions: Shapes["TransitionsQuestion"];
  funnel: Shapes["FunnelQuestion"];
  paths: Shapes["PathsQuestion"];
  variants: Shapes["VariantsQuestion"];
  touchpoints: Shapes["TouchpointsQuestion"];
  positions: Shapes["PositionsQuestion"];
  retention: Shapes["RetentionQuestion"];
}

const DAY_SECONDS = 86_400;

/** Midnight of a day in UTC, or of the day behind it. */
export const midnight = (day: string, later = 0): string =>
  new Date(Date.parse(day) + later * DAY_SECONDS * 1000).toISOString();

/** The period that is said, as the server takes it; one that moves with the days has no other end. */
export function periodOf(said: {
  from?: string;
  to?: string;
  last?: number;
}): Pick<Shapes["FilterDocument"], "start" | "stop" | "last_days"> {
  if (said.last !== undefined) return { last_days: said.last };
  return kept({
    start: said.from === undefined ? undefined : midnight(said.from),
    stop: said.to === undefined ? undefined : midnight(said.to, 1),
  });
}

/** The segments that are said, as the server takes one or several. */
function segmentOf({ segment, among }: View): string | string[] | undefined {
  const said = [segment, among].filter((one) => one !== undefined);
  return said.length > 1 ? said : said[0];
}

function common(view: View): Pick<Questions["transitions"], "filter" | "segment" | "sessions"> {
  return kept({
    filter: {
      whole_journeys: false,
      bots: view.bots === false ? "without" : "with",
      channels: view.channels ?? [],
      ...periodOf(view),
    },
    segment: segmentOf(view),
    sessions: view.visits === true ? { gap_seconds: 1800 } : undefined,
  });
}

type Makers = { [A in Analysis]: (view: View) => Questions[A] | null };

const MAKERS: Makers = {
  transitions: (view) => ({
    ...common(view),
    analysis: "transitions",
    rarity: true,
    most: 500,
    ...kept({ outcome: view.outcome }),
  }),
  funnel: (view) => {
    const steps = (view.steps ?? []).filter((rule) => rule.trim() !== "");
    if (steps.length < 2) return null;
    return {
      ...common(view),
      analysis: "funnel",
      steps: steps.map((rule) => ({ rule, name: "", optional: false })),
      strict: false,
      count_by: "journey",
      most_groups: 8,
      ...kept({
        by: view.by,
        window_seconds: view.days === undefined ? undefined : view.days * DAY_SECONDS,
      }),
    };
  },
  paths: (view) =>
    view.anchor === undefined
      ? null
      : { ...common(view), analysis: "paths", anchor: view.anchor, depth: 3, top: 5, every: false },
  variants: (view) => ({
    ...common(view),
    analysis: "variants",
    top: 40,
    ...kept({ outcome: view.outcome }),
  }),
  touchpoints: (view) => ({
    ...common(view),
    analysis: "touchpoints",
    ...kept({ outcome: view.outcome }),
  }),
  positions: (view) => ({
    ...common(view),
    analysis: "positions",
    ...kept({ outcome: view.outcome }),
  }),
  retention: (view) => ({
    ...common(view),
    analysis: "retention",
    period: view.period ?? "week",
    periods: 8,
    time_zone: "UTC",
    kind: view.rolling === true ? "on_or_after" : "on",
    most_groups: 8,
    ...kept({ begins: view.begins, back: view.back }),
  }),
};

/** What is asked; null while something that it needs has not been said. */
export const questionOf = <A extends Analysis>(analysis: A, view: View): Questions[A] | null =>
  MAKERS[analysis](view);

const groupOf = (group: Group): Shapes["GroupDocument"] => ({
  name: group.name ?? group.segment ?? group.channel ?? "",
  channels: [],
  ...kept({
    segment: group.segment,
    column: group.channel === undefined ? undefined : { name: "channel", value: group.channel },
    start: group.from === undefined ? undefined : midnight(group.from),
    stop: group.to === undefined ? undefined : midnight(group.to, 1),
  }),
});

const says = (group: Group | undefined): group is Group =>
  group !== undefined && Object.keys(group).some((key) => key !== "name");

/** The same question about two groups; null while it is not asked about two. */
export function comparisonOf(analysis: Analysis, view: View): Shapes["CompareQuestion"] | null {
  const of = questionOf(analysis, view);
  if (of === null || !says(view.a)) return null;
  return {
    analysis: "compare",
    of: of as Shapes["CompareQuestion"]["of"],
    a: groupOf(view.a),
    most: 60,
    ...(says(view.b) ? { b: groupOf(view.b) } : {}),
  };
}
