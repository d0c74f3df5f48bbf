import type { Cell, JourneyMap, Lane, Note, Stage, Touchpoint } from "../types.ts";
import type {
  GrowNote,
  MapChange,
  MergeStages,
  MergeTouchpoints,
  SplitStage,
  SplitTouchpoint,
} from "./changes.ts";
import { ChangeImpossible } from "./errors.ts";
import type { Part } from "./forms.ts";
import { either, NO_EVENT, toldTogether } from "./merging.ts";
import { SHELVES, shelfOf } from "./shelves.ts";

/** The single changes that a change is made of, as the map stands before the first of them. */

export function splittingStage(map: JourneyMap, change: SplitStage): MapChange[] {
  const { value, at } = SHELVES.stage.find(map, change.key);
  const moved = (value as unknown as Stage).touchpoints.slice(change.at);
  const stage = { key: change.new_key, name: change.new_name };
  return [
    { type: "add", part: "stage", value: stage, at: at + 1 },
    ...moved.map((t): MapChange => movedTo(t, change.new_key)),
  ];
}

export function mergingStages(map: JourneyMap, { key, into }: MergeStages): MapChange[] {
  checkTwo(key, into);
  SHELVES.stage.find(map, into);
  const stage = SHELVES.stage.find(map, key).value as unknown as Stage;
  return [
    ...stage.touchpoints.map((t): MapChange => movedTo(t, into)),
    { type: "remove", part: "stage", key },
  ];
}

export function splittingTouchpoint(map: JourneyMap, change: SplitTouchpoint): MapChange[] {
  const { at, stage } = SHELVES.touchpoint.find(map, change.key);
  const added: MapChange = { type: "add", part: "touchpoint", value: change.value, at: at + 1, stage };
  if ((change.rule ?? null) === null) return [added];
  return [added, setTouchpoint(change.key, "rule", change.rule)];
}

export function mergingTouchpoints(map: JourneyMap, { key, into }: MergeTouchpoints): MapChange[] {
  checkTwo(key, into);
  const gone = SHELVES.touchpoint.find(map, key).value as unknown as Touchpoint;
  const kept = SHELVES.touchpoint.find(map, into).value as unknown as Touchpoint;
  return [
    setTouchpoint(into, "rule", either(kept.rule, gone.rule)),
    ...alternatives(map, kept, key),
    ...cells(map, key, into),
    { type: "remove", part: "touchpoint", key },
  ];
}

export function growingNote(map: JourneyMap, change: GrowNote): MapChange[] {
  const note = SHELVES.note.find(map, change.key).value as unknown as Note;
  const [name = "", ...rest] = note.text.split("\n");
  const value = { key: change.touchpoint, name, rule: NO_EVENT, description: rest.join("\n") };
  return [
    { type: "add", part: "touchpoint", value, at: change.at ?? null, stage: change.stage },
    { type: "remove", part: "note", key: change.key },
  ];
}

/** What must be done before nothing refers to the part any more. */
export function loosening(map: JourneyMap, part: Part, key: string): MapChange[] {
  const { value } = shelfOf(part).find(map, key);
  return LOOSENING[part]?.(map, value) ?? [];
}

type Loosening = (map: JourneyMap, value: Record<string, unknown>) => MapChange[];

const LOOSENING: Partial<Record<Part, Loosening>> = {
  stage: (_, value) =>
    (value as unknown as Stage).touchpoints.map((t) => ({
      type: "remove",
      part: "touchpoint",
      key: t.key,
    })),
  touchpoint: (map, value) => fromTouchpoint(map, String(value["key"])),
};

function fromTouchpoint(map: JourneyMap, key: string): MapChange[] {
  const held = map.lanes.filter((lane) => lane.cells[key] !== undefined);
  const others = map.stages
    .flatMap((stage) => stage.touchpoints)
    .filter((t) => t.alternative_to === key);
  return [
    ...held.map((lane): MapChange => ({ type: "set_cell", lane: lane.key, touchpoint: key })),
    ...others.map((t) => setTouchpoint(t.key, "alternative_to", null)),
  ];
}

function alternatives(map: JourneyMap, kept: Touchpoint, gone: string): MapChange[] {
  const freed = kept.alternative_to === gone;
  const main = freed ? null : (kept.alternative_to ?? null);
  const others = map.stages
    .flatMap((stage) => stage.touchpoints)
    .filter((t) => t.alternative_to === gone && t.key !== kept.key);
  return [
    ...(freed ? [setTouchpoint(kept.key, "alternative_to", null)] : []),
    ...others.map((t) => setTouchpoint(t.key, "alternative_to", main ?? kept.key)),
  ];
}

function cells(map: JourneyMap, gone: string, into: string): MapChange[] {
  const told = (lane: Lane): Cell | null => {
    const cell = lane.cells[gone];
    return cell === undefined ? null : toldTogether(lane.cells[into], cell);
  };
  return map.lanes.flatMap((lane): MapChange[] => {
    const cell = told(lane);
    return cell === null ? [] : [{ type: "set_cell", lane: lane.key, touchpoint: into, cell }];
  });
}

const movedTo = (t: Touchpoint, stage: string): MapChange => ({
  type: "move",
  part: "touchpoint",
  key: t.key,
  stage,
});

const setTouchpoint = (key: string, field: string, value: unknown): MapChange => ({
  type: "set",
  part: "touchpoint",
  key,
  field,
  value,
});

function checkTwo(key: string, into: string): void {
  if (key === into) throw new ChangeImpossible("merged_into_itself", [key]);
}
