import type { Cell } from "../types.ts";
import laneKinds from "./lane_kinds.json" with { type: "json" };
import partForms from "./part_forms.json" with { type: "json" };

/** What a kind of lane is called, whose side it shows, and what its cells hold. */
export interface LaneForm {
  name: string;
  group: "customer" | "experience" | "figures" | "company";
  takes: (keyof Cell)[]; // beside text, evidence and n
  lowest: number | null; // bounds of a cell's value
  highest: number | null;
  marked_up: boolean; // the text is Markdown
}

/** Every kind of lane, in the order in which a menu shows them. Written by scripts/map_schemas.py. */
export const LANE_KINDS = laneKinds as unknown as Record<string, LaneForm>;

export type Part = "stage" | "touchpoint" | "lane" | "persona" | "actor" | "note" | "left_out";

interface PartForm {
  key: string;
  fields: string[];
  defaults: Record<string, unknown>;
}

type Plain = Record<string, unknown>;

export const PART_FORMS = partForms.parts as unknown as Record<Part, PartForm>;
/** Fields of the map itself that can be set. */
export const MAP_FIELDS: string[] = partForms.map;
const INNER = partForms.inner as unknown as Record<string, Plain>;

/** The part with everything that was not said of it, as the server has it. */
export function wholePart<T>(part: Part, value: Plain): T {
  return inside({ ...PART_FORMS[part].defaults, ...value }) as T;
}

/** The value of a field, with everything that was not said of the parts in it. */
export const wholeField = (field: string, value: unknown): unknown => inside({ [field]: value })[field];

export const wholeCell = (cell: Partial<Cell>): Cell => ({ ...INNER["cells"], ...cell }) as Cell;

function inside(value: Plain): Plain {
  const found: Plain = { ...value };
  for (const [field, held] of Object.entries(value)) {
    if (field === "touchpoints") {
      found[field] = (held as Plain[]).map((t) => wholePart("touchpoint", t));
    } else if (INNER[field] !== undefined) found[field] = filled(held, INNER[field], field);
  }
  return found;
}

function filled(held: unknown, defaults: Plain, field: string): unknown {
  if (Array.isArray(held)) return held.map((one) => ({ ...defaults, ...(one as Plain) }));
  if (typeof held !== "object" || held === null) return held;
  if (field !== "cells") return { ...defaults, ...(held as Plain) };
  return Object.fromEntries(
    Object.entries(held).map(([key, cell]) => [key, { ...defaults, ...(cell as Plain) }]),
  );
}
