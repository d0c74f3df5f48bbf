import type { ShownTile } from "../queries.ts";

/** How wide a tile may be, of 12 columns. */
export const WIDTHS = [4, 6, 8, 12] as const;

/** The tiles with one of them at another place. */
export function moved(tiles: ShownTile[], from: number, to: number): ShownTile[] {
  const at = Math.max(0, Math.min(to, tiles.length - 1));
  const rest = tiles.filter((_, place) => place !== from);
  return numbered([...rest.slice(0, at), tiles[from]!, ...rest.slice(at)]);
}

/** The place of a tile is its number; where it then lies follows from the widths. */
export const numbered = (tiles: ShownTile[]): ShownTile[] =>
  tiles.map((tile, at) => ({ ...tile, place: { ...tile.place!, y: at } }));

/** The tiles with something else said of one of them. */
export const withTile = (tiles: ShownTile[], at: number, said: Partial<ShownTile>): ShownTile[] =>
  tiles.map((tile, place) => (place === at ? { ...tile, ...said } : tile));

export const without = (tiles: ShownTile[], at: number): ShownTile[] =>
  numbered(tiles.filter((_, place) => place !== at));
