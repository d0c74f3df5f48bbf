import type { Rule } from "./types.ts";

/** The tree of a pattern, as `desireline.engine.rules.tree` has it. */
export type PatternTree =
  | { type: "one"; in?: string[]; negated?: boolean }
  | { type: "then" | "either"; parts: PatternTree[] }
  | { type: "repeat"; part: PatternTree; at_least?: number; at_most?: number | null };

const WORD = /^[\p{L}\p{N}_]+(?:[.:/@#-][\p{L}\p{N}_]+)*$/u;
const RESERVED = "within";
const UNITS: [string, number][] = [
  ["w", 604_800],
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
];
const SIGNS: Record<string, string> = { "0,": "*", "1,": "+", "0,1": "?" };

/** A rule of the type `pattern` as a person would write it; the twin of `printing.to_text`. */
export function patternText(rule: Rule): string {
  const start = rule["from_start"] === true ? "^ " : "";
  const end = rule["to_end"] === true ? " $" : "";
  const within = rule["within_seconds"];
  const window = typeof within === "number" ? ` within ${duration(within)}` : "";
  return `${start}${written(rule["tree"] as PatternTree)}${end}${window}`;
}

/** A name as it stands in a pattern: bare where it may, else in quotes. */
export function quotedName(name: string): string {
  if (WORD.test(name) && name !== RESERVED) return name;
  return `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** In the largest unit that holds it whole. */
function duration(seconds: number): string {
  const found = UNITS.find(([, size]) => seconds > 0 && seconds % size === 0);
  return found === undefined ? `${seconds}s` : `${seconds / found[1]}${found[0]}`;
}

function written(tree: PatternTree): string {
  switch (tree.type) {
    case "one":
      return oneOf(tree.in ?? [], tree.negated === true);
    case "either":
      return tree.parts.map((part) => inside(part, "either")).join(" | ");
    case "then":
      return inTurn(tree.parts);
    case "repeat":
      return inside(tree.part, "then", "either", "repeat") + times(tree.at_least ?? 0, tree.at_most);
  }
}

function oneOf(names: string[], negated: boolean): string {
  if (names.length === 0) return ".";
  if (names.length === 1 && !negated) return quotedName(names[0]!);
  return `[${negated ? "^" : ""}${names.map(quotedName).join(" ")}]`;
}

function inTurn([first, ...rest]: PatternTree[]): string {
  let text = inside(first!, "then", "either");
  let skip = false;
  rest.forEach((part, at) => {
    if (isAnything(part) && at < rest.length - 1 && !skip) {
      skip = true;
      return;
    }
    text += ` ${skip ? "~>" : "->"} ${inside(part, "then", "either")}`;
    skip = false;
  });
  return text;
}

const inside = (tree: PatternTree, ...bracketed: PatternTree["type"][]): string =>
  bracketed.includes(tree.type) ? `(${written(tree)})` : written(tree);

function isAnything(tree: PatternTree): boolean {
  if (tree.type !== "repeat" || (tree.at_least ?? 0) !== 0 || (tree.at_most ?? null) !== null)
    return false;
  const { part } = tree;
  return part.type === "one" && part.negated === true && (part.in ?? []).length === 0;
}

function times(low: number, high: number | null | undefined): string {
  const most = high ?? null;
  const sign = SIGNS[`${low},${most ?? ""}`];
  if (sign !== undefined) return sign;
  return most === low ? `{${low}}` : `{${low},${most ?? ""}}`;
}
