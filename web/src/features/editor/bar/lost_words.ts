import type { JourneyMap, MapChange, Place } from "@desireline/map-core";
import type { TFunction } from "i18next";
import { touchpointName } from "../draft/names.ts";

/** A place of the map as people call it: "Think, at Cart". */
export function placeWords(map: JourneyMap, place: Place, t: TFunction): string {
  const [part, key, field, at] = place;
  if (part === undefined) return t("lost.whole");
  if (key === undefined) return map.name;
  if (part === "touchpoint") return touchpointName(map, key);
  const known = { stage: map.stages, lane: map.lanes, persona: map.personas, actor: map.actors }[part];
  const name = known?.find((one) => one.key === key)?.name ?? key;
  if (field !== "cells" || at === undefined) return name;
  return t("editor.cell", { lane: name, touchpoint: touchpointName(map, at) });
}

/** What a change wanted, short: the text itself where there is one. */
export function wantedWords(change: MapChange, t: TFunction): string {
  if (change.type === "set" && typeof change.value === "string") return quoted(change.value, t);
  if (change.type === "set_cell" && change.cell) return quoted(change.cell.text ?? "", t);
  if (change.type === "add") return quoted(String(change.value["name"] ?? change.value["text"] ?? ""), t);
  return t(`lost.did_${change.type}`);
}

/** Where a change was meant to be, when nobody said a place. */
export function placeOfChange(change: MapChange): Place {
  if (change.type === "set_cell") return ["lane", change.lane, "cells", change.touchpoint];
  if (change.type === "set") return change.key ? [change.part, change.key] : [change.field];
  if (change.type === "move" || change.type === "remove") return [change.part, change.key];
  return [];
}

const quoted = (text: string, t: TFunction): string =>
  text === "" ? t("lost.did_nothing") : t("lost.quoted", { text });
