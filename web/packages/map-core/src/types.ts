/**
 * The map file: what `desireline map` writes to map.json and what the page draws.
 * The Python twins are `desireline.engine.journey_map` (document) and
 * `desireline.engine.living_map` (figures). Times are ISO 8601 UTC; waits are seconds;
 * shares are 0..1; keys are the touchpoints' and stages' keys in the document.
 */

export type Rule = { type: string; [part: string]: unknown };
export type Evidence = "observed" | "reported" | "declared" | "hypothesis" | "stale";

export interface Touchpoint {
  key: string;
  name: string;
  kind: "communication" | "action";
  rule: Rule;
  channel?: string | null;
  initiator?: string | null;
  recipient?: string | null;
  optional: boolean;
  repeatable: boolean;
  /** Whether progress is told by it: the funnel goes from milestone to milestone. */
  milestone?: boolean;
  /** Key of the touchpoint that this one is an alternative to (they share a place on the way). */
  alternative_to?: string | null;
  /** Time bounds since the touchpoint before, in seconds. */
  not_before_seconds?: number | null;
  not_after_seconds?: number | null;
  /** Which of its events say that it failed. */
  failed_when?: Rule | null;
  owner?: string | null; // the department that answers for it
  goals?: DepartmentGoal[];
  moment_of_truth: MomentOfTruth | null;
  description?: string;
}

/** Importances go from 1, little, to 5, much. */
export interface MomentOfTruth {
  to_customer: number | null;
  to_company: number | null;
  status: "nominated" | "confirmed" | "refuted" | "undecided";
  reason: string;
}

/** What a department wants of a touchpoint, and whose goals that stands against. */
export interface DepartmentGoal {
  department: string;
  statement: string;
  metric: string | null;
  direction: "up" | "down" | null;
  against: string[];
}

export interface Stage {
  key: string;
  name: string;
  touchpoints: Touchpoint[];
  /** Whether its touchpoints may come in any order. */
  any_order?: boolean;
}

/** The fields after `n` stand only in lanes of a kind that takes them: LANE_KINDS. */
export interface Cell {
  text: string;
  evidence: Evidence;
  n?: number | null;
  value?: number;
  unit?: string;
  image?: string;
  channels?: string[];
  source?: string;
  said_at?: string;
  actor?: string;
  effort?: number;
  customer_value?: number;
  business_value?: number;
}

export interface Lane {
  key: string;
  kind: string; // one of LANE_KINDS
  name: string;
  cells: Record<string, Cell>;
}

export interface Persona {
  key: string;
  name: string;
  segment?: string | null;
  rule?: Rule | null;
}

export interface Actor {
  key: string;
  name: string;
  kind: "person" | "employee" | "department" | "system" | "partner" | "public_office";
  description: string;
}

/** A sticky note on the canvas, which may grow into a touchpoint. */
export interface Note {
  key: string;
  text: string;
  x: number;
  y: number;
  colour: "yellow" | "green" | "blue" | "pink";
}

export interface LeftOut {
  event: string;
  reason: string;
}

export interface JourneyMap {
  format: "desireline.map/1";
  key: string;
  name: string;
  version: number;
  kind: "as_is" | "hypothesis" | "to_be";
  goal: { statement: string; outcome: Rule | null };
  case_by: {
    kind: "person" | "column" | "session";
    column?: string | null;
    gap_seconds?: number | null;
  };
  personas: Persona[];
  stages: Stage[];
  lanes: Lane[];
  /** Event types that the map leaves out on purpose, each with the reason. */
  left_out: LeftOut[];
  scope: "life_cycle" | "task";
  /** The map that this one shows a part of, and which touchpoint or stage of it. */
  parent: { map: string; touchpoint: string | null } | null;
  actors: Actor[];
  notes: Note[];
}

/** Distribution of waits. `error` is the stated relative error of the quantiles. */
export interface Wait {
  n: number;
  mean: number | null;
  p50: number | null;
  p90: number | null;
}

export interface Neighbour {
  key: string | null; // null: the journey begins (previous) or ends (next) here
  count: number;
  share: number;
}

/** A figure's share with its n and a 95 % interval (Wilson). */
export interface Share {
  n: number;
  count: number;
  share: number | null;
  low: number | null;
  high: number | null;
}

export interface TouchpointFigures {
  key: string;
  journeys: number;
  persons: number;
  events: number;
  visits: number; // runs of events at the touchpoint
  repeated_visits: number;
  reach: Share; // of all journeys
  exit: Share; // of the journeys that came here: those that ended here without the outcome
  ends: number; // journeys whose last touchpoint this is, whatever the outcome
  starts: number;
  loop: Share; // of the journeys that came here: those that came back after having left
  wait_before: Wait;
  wait_after: Wait;
  value: { n: number; sum: number; mean: number | null };
  outcome: Share; // of the journeys that came here: those that reached the outcome at or after it
  outcome_base: Share; // of all journeys
  open: number; // journeys that stand here now
  open_since: Wait; // since when, seconds before as_of
  previous: Neighbour[];
  next: Neighbour[];
  first_at: string | null;
  last_at: string | null;
  evidence: Evidence; // observed, or stale
  emotion: { n: number; mean: number | null; low: number | null; high: number | null } | null;
}

export interface StageFigures {
  key: string;
  journeys: number;
  persons: number;
  events: number;
  reach: Share;
  exit: Share;
  duration: Wait; // first to last event within the stage
  wait_to_next: Wait;
  evidence: Evidence;
}

/** One walked step between two touchpoints; from null = start, to null = end. */
export interface FlowEdge {
  from: string | null;
  to: string | null;
  count: number;
  journeys: number;
  share: number; // of the visits of `from`
  with_outcome: number; // of `journeys`
  wait: Wait;
  /** Journeys whose rarest step is this rare or rarer: what a slider at this count would hide. */
  hides: number;
}

export interface FunnelStep {
  key: string;
  name: string;
  reached: number;
  share_of_first: Share;
  share_of_previous: Share;
  time_from_previous: Wait;
  /** What those who did not go on did instead, most frequent first; key null: nothing more. */
  instead: { key: string | null; name: string; count: number }[];
}

export interface SampleJourney {
  id: string;
  outcome: boolean;
  /** [touchpoint key, ISO time] in sequence. */
  steps: [string, string][];
}

/** What stands in a sentence: a name, a number, a share, names in a row, places with their share. */
export type SaidValue =
  | string
  | number
  | Share
  | { names: string[]; more: number }
  | { place: string; share: number }[];

/** A sentence in English, and as data, so that it can be said in other languages. */
export interface Said {
  about: string | null; // touchpoint or stage key, null: the whole map
  text: string;
  key?: string; // files of older programs have the text alone
  values?: Record<string, SaidValue>;
}

export interface Figures {
  as_of: string;
  source: {
    name: string;
    events: number;
    journeys: number;
    persons: number;
    first_at: string | null;
    last_at: string | null;
    mapped_events: number; // events that are some touchpoint
    set_aside: number;
    notes: string[];
  };
  wait_error: number;
  outcome_base: Share;
  stages: StageFigures[];
  touchpoints: TouchpointFigures[];
  flow: FlowEdge[];
  funnel: FunnelStep[];
  variants: {
    total: number;
    top: { keys: string[]; count: number; share: number; with_outcome: number }[];
  };
  journeys: SampleJourney[]; // a sample, at most a few hundred
  journeys_of: Record<string, number[]>; // touchpoint key -> indexes into `journeys`
  sentences: Said[];
}

export interface MapFile {
  format: "desireline.map-file/1";
  generator: string;
  map: JourneyMap;
  figures: Figures;
}
