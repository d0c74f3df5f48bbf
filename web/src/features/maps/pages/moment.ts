const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const DAY_MS = 86_400_000;

/** The day that the address looks back to; nothing: now. */
export function momentOf(search: Record<string, unknown>): { at?: string } {
  const at = search["at"];
  return typeof at === "string" && DAY.test(at) && !Number.isNaN(Date.parse(at)) ? { at } : {};
}

/** Where the address looks: at which day, and at whose way; nothing: now, and everybody's. */
export function lookOf(search: Record<string, unknown>): { at?: string; persona?: string } {
  const { persona } = search;
  return { ...momentOf(search), ...(typeof persona === "string" && persona !== "" && { persona }) };
}

/** A day of UTC as it stands in an address. */
export const dayOf = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(0, 10);

/** The days between two moments, both included; at least one. */
export function daysBetween(first: string, last: string): { begin: number; count: number } {
  const begin = Math.floor(Date.parse(first) / DAY_MS);
  const end = Math.floor(Date.parse(last) / DAY_MS);
  return { begin, count: Math.max(1, end - begin + 1) };
}
