import type { Column, FlowEdge, MapFile, Share, TouchpointFigures } from "../src/index.ts";

/** Small parts of a map file for tests; every number that is not named is zero. */
export const share = (count: number, n: number, half = 0.02): Share =>
  n === 0
    ? { n: 0, count: 0, share: null, low: null, high: null }
    : { n, count, share: count / n, low: count / n - half, high: count / n + half };

const noWait = { n: 0, mean: null, p50: null, p90: null };

export function step(from: string | null, to: string | null, count: number, hides = 0): FlowEdge {
  return {
    from,
    to,
    count,
    journeys: count,
    share: 0,
    with_outcome: count / 2,
    wait: noWait,
    hides,
  };
}

export function figures(key: string, part: Partial<TouchpointFigures> = {}): TouchpointFigures {
  return {
    key,
    journeys: 100,
    persons: 100,
    events: 100,
    visits: 100,
    repeated_visits: 0,
    reach: share(100, 200),
    exit: share(10, 100),
    ends: 10,
    starts: 0,
    loop: share(2, 100),
    wait_before: noWait,
    wait_after: noWait,
    value: { n: 0, sum: 0, mean: null },
    outcome: share(40, 100),
    outcome_base: share(40, 200),
    open: 0,
    open_since: noWait,
    previous: [],
    next: [],
    first_at: null,
    last_at: null,
    evidence: "observed",
    emotion: null,
    ...part,
  };
}

export function column(key: string, index: number, part: Partial<Column> = {}): Column {
  return {
    key,
    index,
    name: key,
    stage: "s",
    stageName: "Stage",
    tint: 1,
    figures: figures(key),
    touchpoint: {
      key,
      name: key,
      kind: "action",
      rule: { type: "event", in: [key] },
      optional: false,
      repeatable: false,
      moment_of_truth: null,
    },
    ...part,
  };
}

export function mapFile(stages: Record<string, string[]>): MapFile {
  const keys = Object.values(stages).flat();
  return {
    format: "desireline.map-file/1",
    map: {
      name: "Shop",
      lanes: [],
      stages: Object.entries(stages).map(([key, points]) => ({
        key,
        name: key.toUpperCase(),
        touchpoints: points.map((p) => ({ ...column(p, 0).touchpoint, name: `The ${p}` })),
      })),
    },
    figures: { touchpoints: keys.slice(1).map((key) => figures(key)) },
  } as unknown as MapFile;
}
