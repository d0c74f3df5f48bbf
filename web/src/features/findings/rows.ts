/** The pages that find something, by what it is called on the board. */
const PAGES = {
  deviation: "/maps/$key/desire-lines",
  pain: "/maps/$key/pains",
  moment: "/maps/$key/moments",
  ending: "/maps/$key/endings",
} as const;

export type Finder = keyof typeof PAGES;

interface Finding {
  found_by: string;
  found_in: Record<string, unknown>;
}

/** The id of the row of a finding on its page: a touchpoint decides once, whatever about it does. */
export const rowOf = (finder: Finder, kind: string, name: string): string =>
  (finder === "moment" ? ["moment", name] : [finder, kind, name]).join("-").replaceAll(/\s+/g, "_");

/** Where something was found: the page and the row; null where no page finds such things. */
export function placeOf({ found_by: by, found_in: of }: Finding): { to: (typeof PAGES)[Finder]; hash: string } | null {
  if (!Object.hasOwn(PAGES, by)) return null;
  const finder = by as Finder;
  return { to: PAGES[finder], hash: rowOf(finder, String(of["kind"] ?? ""), String(of["name"] ?? "")) };
}
