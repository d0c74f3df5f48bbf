import type { Cell, JourneyMap, Lane, Touchpoint } from "../types.ts";
import { ChangeImpossible, type ImpossibleCode } from "./errors.ts";
import { LANE_KINDS } from "./forms.ts";

const KEY_LENGTH = 200;
/** What the server takes for a blank beside what a browser does. */
const SEPARATORS = new Set(["\u001c", "\u001d", "\u001e", "\u001f", "\u0085"]);
const FREE = new Set(["text", "evidence", "n"]);

/** The map as it came; throws the first breach of a law, in the order in which the server looks. */
export function lawful(map: JourneyMap): JourneyMap {
  caseBy(map);
  for (const [part, parts] of Object.entries({
    persona: map.personas,
    actor: map.actors,
    note: map.notes,
    stage: map.stages,
  })) {
    keys(part, parts);
  }
  touchpoints(map.stages.flatMap((stage) => stage.touchpoints));
  lanes(map);
  return map;
}

function keys(part: string, parts: { key: string }[]): void {
  const seen = new Set<string>();
  for (const { key } of parts) {
    const unfit = key === "" || [...key].length > KEY_LENGTH || [...key].some(isBlank);
    if (unfit) throw new ChangeImpossible("key_unfit", [part, key]);
    if (seen.has(key)) throw new ChangeImpossible("key_repeated", [part, key]);
    seen.add(key);
  }
}

const isBlank = (c: string): boolean => SEPARATORS.has(c) || (/\s/u.test(c) && c !== "\ufeff");

function caseBy(map: JourneyMap): void {
  const { kind, column = null, gap_seconds: gap = null } = map.case_by;
  const complete =
    (kind === "column") === (column !== null) &&
    (kind === "session") === (gap !== null) &&
    (gap === null || (Number.isFinite(gap) && gap > 0));
  refuse(!complete, "case_by_incomplete", ["map", "case_by"]);
}

function touchpoints(all: Touchpoint[]): void {
  keys("touchpoint", all);
  const byKey = new Map(all.map((t) => [t.key, t]));
  for (const t of all) {
    alternative(t, byKey);
    bounds(t);
  }
}

function alternative(t: Touchpoint, byKey: Map<string, Touchpoint>): void {
  const other = t.alternative_to ?? null;
  if (other === null) return;
  const main = byKey.get(other);
  const place = ["touchpoint", t.key, "alternative_to"];
  if (main === undefined) throw new ChangeImpossible("touchpoint_unknown", place);
  const unfit = other === t.key || (main.alternative_to ?? null) !== null;
  refuse(unfit, "alternative_unfit", place);
}

function bounds(t: Touchpoint): void {
  const low = t.not_before_seconds ?? null;
  const high = t.not_after_seconds ?? null;
  const bad = (bound: number | null): boolean =>
    bound !== null && !(Number.isFinite(bound) && bound >= 0);
  const reversed = low !== null && high !== null && low > high;
  refuse(bad(low) || bad(high) || reversed, "bounds_reversed", ["touchpoint", t.key]);
}

function lanes(map: JourneyMap): void {
  keys("lane", map.lanes);
  const known = new Set(map.stages.flatMap((s) => s.touchpoints.map((t) => t.key)));
  for (const lane of map.lanes) {
    for (const [key, cell] of Object.entries(lane.cells)) {
      const place = ["lane", lane.key, "cells", key];
      refuse(!known.has(key), "touchpoint_unknown", place);
      refuse((cell.n ?? 0) < 0, "bounds_reversed", [...place, "n"]);
      fits(lane, cell, place);
    }
  }
}

function fits(lane: Lane, cell: Cell, place: string[]): void {
  const form = LANE_KINDS[lane.kind];
  if (form === undefined) throw new ChangeImpossible("cell_unfit", ["lane", lane.key, "kind"]);
  for (const [field, held] of Object.entries(cell)) {
    const taken = FREE.has(field) || form.takes.includes(field as keyof Cell);
    refuse(!taken && held !== undefined, "cell_unfit", [...place, field]);
  }
  const value = cell.value;
  const within =
    value === undefined ||
    (Number.isFinite(value) &&
      value >= (form.lowest ?? -Infinity) &&
      value <= (form.highest ?? Infinity));
  refuse(!within, "cell_unfit", [...place, "value"]);
}

function refuse(breach: boolean, code: ImpossibleCode, place: string[]): void {
  if (breach) throw new ChangeImpossible(code, place);
}
