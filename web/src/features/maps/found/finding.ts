/** What the log says of a touchpoint, and the page that says how it is known. */
export interface Finding {
  /** Unique among those of its touchpoint. */
  key: string;
  kind: "pain" | "moment" | "ending" | "line";
  touchpoint: string;
  /** The id of its row on its page. */
  row: string;
  /** Whether it is known to cost something. */
  harms: boolean;
  /** A few words. */
  name: string;
  /** Whom it meets and what it costs, as short as can be. */
  small: string;
  /** The same as a sentence, with n and interval. */
  sentence: string;
}

/** By touchpoint, in the order in which they were told. */
export type Findings = ReadonlyMap<string, readonly Finding[]>;

const PAGES = {
  pain: "/maps/$key/pains",
  moment: "/maps/$key/moments",
  ending: "/maps/$key/endings",
  line: "/maps/$key/desire-lines",
} as const;

export const pageOf = ({ kind }: Finding): (typeof PAGES)[Finding["kind"]] => PAGES[kind];

/** Findings by their touchpoint; of places that the map does not have, nothing is shown. */
export function byTouchpoint(all: readonly Finding[], touchpoints: ReadonlySet<string>): Findings {
  const found = new Map<string, Finding[]>();
  for (const one of all) {
    if (!touchpoints.has(one.touchpoint)) continue;
    const there = found.get(one.touchpoint);
    if (there === undefined) found.set(one.touchpoint, [one]);
    else there.push(one);
  }
  return found;
}

export const IN_A_CELL = 3;
const ENTRY = 36;
const GAP = 6;
const PADDING = 20;

/** Room for the fullest cell, known before it is drawn, so that nothing jumps while one scrolls. */
export function heightOf(findings: Findings): number {
  const most = Math.max(0, ...[...findings.values()].map((there) => there.length));
  const lines = Math.min(most, IN_A_CELL);
  const more = most > IN_A_CELL ? ENTRY / 2 : 0;
  return lines * ENTRY + Math.max(0, lines - 1) * GAP + more + PADDING;
}
