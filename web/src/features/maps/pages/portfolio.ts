import type { MapState } from "./map_queries.ts";

/** A map in the list, and how deep it lies below others. */
export interface Branch {
  map: MapState;
  depth: number;
}

export type Kind = "as_is" | "hypothesis" | "to_be";
export const KINDS: readonly Kind[] = ["as_is", "hypothesis", "to_be"];

/** In place of a member: nobody owns the map. */
export const NOBODY = 0;

/** Which maps are looked for; it stands in the address. */
export interface Wanted {
  q?: string;
  kind?: Kind;
  /** Number of the member who owns them; 0 for those that nobody owns. */
  owner?: number;
  away?: boolean;
}

export function wantedOf(search: Record<string, unknown>): Wanted {
  const wanted: Wanted = {};
  if (typeof search["q"] === "string" && search["q"] !== "") wanted.q = search["q"];
  const kind = KINDS.find((one) => one === search["kind"]);
  if (kind !== undefined) wanted.kind = kind;
  const owner = search["owner"];
  if (typeof owner === "number" && Number.isInteger(owner) && owner >= 0) wanted.owner = owner;
  if (search["away"] === true) wanted.away = true;
  return wanted;
}

/** Maps whose name, key, goal, owner or author holds all the words, of one kind, of one owner. */
export function matching(maps: MapState[], { q = "", kind, owner }: Wanted): MapState[] {
  const words = q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return maps.filter((map) => {
    const said = [map.name, map.key, map.goal, map.drafted_by, map.owner?.name].join(" ").toLocaleLowerCase();
    return (
      (kind === undefined || map.kind === kind) &&
      (owner === undefined || (map.owner?.id ?? NOBODY) === owner) &&
      words.every((word) => said.includes(word))
    );
  });
}

/** Who owns some of the maps, by name. */
export function ownersOf(maps: MapState[]): { id: number; name: string }[] {
  const owners = new Map(maps.flatMap(({ owner }) => (owner === null ? [] : [[owner.id, owner]])));
  return [...owners.values()].sort((a, b) => a.name.localeCompare(b.name));
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
