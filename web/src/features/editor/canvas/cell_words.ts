import type { Cell, Formats } from "@desireline/map-core";

const EMOTION = new Set(["emotion", "employee_emotion"]);
const MOST = 5;

/** What a cell holds beside its text, short enough for the canvas. */
export function cellWords(kind: string, cell: Cell, actors: Map<string, string>, formats: Formats): string[] {
  const { value, unit, actor, channels, source } = cell;
  const words: string[] = [];
  if (value !== undefined) {
    if (EMOTION.has(kind)) words.push(formats.signed(value));
    else if (kind === "metric") words.push([formats.number(value), unit].filter(Boolean).join(" "));
    else words.push(`${formats.number(value)}/${MOST}`);
  }
  if (actor) words.push(actors.get(actor) ?? actor);
  if (channels !== undefined && channels.length > 0) words.push(channels.join(", "));
  if (source) words.push(source);
  return words;
}
