import type { Shapes } from "../../api/client.ts";

/** One side of a comparison: the number of a version, or the draft. */
export type Named = number | "draft";

/** What is compared; it stands in the address. */
export interface Compared {
  from?: Named;
  to?: Named;
  /** Another map, whose last version or draft is the second side. */
  other?: string;
  view?: "parts";
}

function named(value: unknown): Named | undefined {
  if (value === "draft") return value;
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

export function comparedOf(search: Record<string, unknown>): Compared {
  const found: Compared = {};
  const [from, to, other] = [named(search["from"]), named(search["to"]), search["other"]];
  if (from !== undefined) found.from = from;
  if (to !== undefined) found.to = to;
  if (typeof other === "string" && other !== "") found.other = other;
  if (search["view"] === "parts") found.view = "parts";
  return found;
}

/** The sides that a map can offer, the newest first. */
export function sidesOf(versions: Shapes["Version"][], hasDraft: boolean): Named[] {
  return [...(hasDraft ? (["draft"] as const) : []), ...versions.map((one) => one.version)];
}

/** What is compared where the address says nothing: the newest with the one before it. */
export function usualOf(sides: Named[], { from, to }: Compared): { from: Named; to: Named } | null {
  const newest = to ?? sides[0];
  if (newest === undefined) return null;
  const older = from ?? sides[sides.indexOf(newest) + 1] ?? sides.find((one) => one !== newest);
  return older === undefined ? null : { from: older, to: newest };
}
