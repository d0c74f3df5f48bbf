/** What a new map can begin from. */
export const BEGINNINGS = ["log", "template", "file", "nothing"] as const;
export type Beginning = (typeof BEGINNINGS)[number];

/** The beginning that the address names. */
export function beginningOf(search: Record<string, unknown>): { from?: Beginning } {
  const from = BEGINNINGS.find((one) => one === search["from"]);
  return from === undefined ? {} : { from };
}
