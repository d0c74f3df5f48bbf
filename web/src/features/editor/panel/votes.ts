import type { Shapes } from "../../../api/client.ts";

export interface Votes {
  n: number;
  to_customer: number;
  to_company: number;
}

/** All votes on a touchpoint together; null without any. */
export function together(tallies: Shapes["Tally"][]): Votes | null {
  const n = tallies.reduce((sum, one) => sum + one.n, 0);
  if (n === 0) return null;
  const mean = (of: "to_customer" | "to_company"): number =>
    tallies.reduce((sum, one) => sum + one.n * one[of], 0) / n;
  return { n, to_customer: mean("to_customer"), to_company: mean("to_company") };
}

/** The importances that the votes come to. */
export const importancesOf = (votes: Votes): { to_customer: number; to_company: number } => ({
  to_customer: Math.round(votes.to_customer),
  to_company: Math.round(votes.to_company),
});
