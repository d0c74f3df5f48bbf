import type { Cell } from "@desireline/map-core";

/** The cell with another value of a field; a field without a value is no longer there. */
export function withField(cell: Cell, field: keyof Cell, value: unknown): Cell {
  const { [field]: _, ...rest } = cell;
  const always = field === "text" || field === "n" || field === "evidence";
  const gone = value === undefined || value === null || value === "" || isNone(value);
  return (gone && !always ? rest : { ...rest, [field]: value }) as Cell;
}

const isNone = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Whether a cell says nothing: it is taken from the map then. */
export function isEmpty(cell: Cell): boolean {
  const { text, evidence, n = null, ...more } = cell;
  return text === "" && evidence === "declared" && n === null && Object.keys(more).length === 0;
}

/** A picture of the map itself, which the page may show. */
export const isOwnPicture = (address: string): boolean =>
  /^data:image\/(?:webp|png|jpeg|gif);base64,/.test(address) || /^\/(?!\/)\S+$/.test(address);

/** A picture of another site: it is led to and not shown, as the page loads nothing from there. */
export const isForeignPicture = (address: string): boolean => /^https?:\/\/\S+$/i.test(address);

/** Whether a text reads as the day of an ISO time. */
export const dayOf = (said: string): string => (/^\d{4}-\d{2}-\d{2}/.test(said) ? said.slice(0, 10) : "");
