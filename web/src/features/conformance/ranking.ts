import type { Deviation } from "./queries.ts";

/** Outcomes that a deviation is known to cost. */
export const lost = ({ effect }: Deviation): number =>
  effect !== null && effect.verdict === "harms" ? -effect.difference * effect.n : 0;

/** Those that cost most first, then those of most journeys; those of nobody are left out. */
export const ranked = (deviations: Deviation[]): Deviation[] =>
  deviations
    .filter((one) => one.journeys.count > 0)
    .toSorted((a, b) => lost(b) - lost(a) || b.journeys.count - a.journeys.count);

export const narrowed = (
  deviations: Deviation[],
  kind: Deviation["kind"] | null,
  department: string | null,
): Deviation[] =>
  deviations.filter(
    (one) =>
      (kind === null || one.kind === kind) && (department === null || one.department === department),
  );

export const kindsOf = (deviations: Deviation[]): Deviation["kind"][] => [
  ...new Set(deviations.map((one) => one.kind)),
];

export const departmentsOf = (deviations: Deviation[]): string[] =>
  [...new Set(deviations.flatMap((one) => one.department ?? []))].toSorted();
