import type { MapState } from "./map_queries.ts";

/** A map in the list, and how deep it lies below others. */
export interface Branch {
  map: MapState;
  depth: number;
}

export type Kind = "as_is" | "hypothesis" | "to_be";
export const KINDS: readonly Kind[] = ["as_is", "hypothesis", "to_be"];

/** Which maps are looked for; it stands in the address. */
export interface Wanted {
  q?: string;
  kind?: Kind;
  away?: boolean;
}

export function wantedOf(search: Record<string, unknown>): Wanted {
  const wanted: Wanted = {};
  if (typeof search["q"] === "string" && search["q"] !== "") wanted.q = search["q"];
  const kind = KINDS.find((one) => one === search["kind"]);
  if (kind !== undefined) wanted.kind = kind;
  if (search["away"] === true) wanted.away = true;
  return wanted;
}

/** Maps whose name, key, goal or author holds all the words. */
export function matching(maps: MapState[], { q = "", kind }: Wanted): MapState[] {
  const words = q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return maps.filter((map) => {
    const said = [map.name, map.key, map.goal, map.drafted_by].join(" ").toLocaleLowerCase();
    return (kind === undefined || map.kind === kind) && words.every((word) => said.includes(word));
  });
}

/** Each map below the one that it shows a part of, as far as that is in the list too. */
export function treeOf(maps: MapState[]): Branch[] {
  const known = new Set(maps.map((map) => map.key));
  const below = Map.groupBy(maps, ({ parent }) => (parent !== null && known.has(parent) ? parent : ""));
  const told = new Set<string>();
  const found: Branch[] = [];
  const tell = (map: MapState, depth: number): void => {
    if (told.has(map.key)) return;
    told.add(map.key);
    found.push({ map, depth });
    below.get(map.key)?.forEach((child) => tell(child, depth + 1));
  };
  below.get("")?.forEach((map) => tell(map, 0));
  // Two maps that name each other as parent hang on nothing.
  maps.forEach((map) => tell(map, 0));
  return found;
}
