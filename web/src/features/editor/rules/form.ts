import { NO_EVENT, type Rule } from "@desireline/map-core";

/** How the conditions of a group hold together. */
export type Join = "all" | "any" | "none";

export interface Group {
  join: Join;
  parts: Part[];
}

/** A condition, or a group of conditions within the first one. */
export type Part = { leaf: Rule } | { group: Group };

/** A rule as one builds it. `code` is what only its code can tell. */
export type Form =
  | { mode: "none" }
  | { mode: "events"; group: Group }
  | { mode: "pattern"; rule: Rule | null }
  | { mode: "code"; rule: Rule };

/** Conditions that the builder has fields for. */
export const LEAVES = ["event", "channel", "actor", "direction", "value", "property"] as const;
export type Leaf = (typeof LEAVES)[number];

const DEEPEST = 2;

export const isLeaf = (rule: Rule): boolean => (LEAVES as readonly string[]).includes(rule.type);

/** The rule as one builds it; rules that are deeper than the builder shows are code. */
export function formOf(rule: Rule): Form {
  if (rule.type === "any" && rulesIn(rule).length === 0) return { mode: "none" };
  if (rule.type === "pattern") return { mode: "pattern", rule };
  const group = groupOf(rule, 1);
  return group === null ? { mode: "code", rule } : { mode: "events", group };
}

/** The rule that a form says. Conditions that are not finished say nothing yet. */
export function ruleOf(form: Form): Rule {
  if (form.mode === "events") return ruleOfGroup(form.group) ?? NO_EVENT;
  if (form.mode === "none") return NO_EVENT;
  return form.rule ?? NO_EVENT;
}

/** Whether a condition says enough to be asked. */
export function isFinished(rule: Rule): boolean {
  const value = rule["value"] ?? null;
  switch (rule.type) {
    case "event":
    case "channel":
    case "actor":
    case "direction":
      return (rule["in"] as string[]).length > 0;
    case "value":
      return typeof value === "number";
    case "property":
      if (rule["name"] === "") return false;
      if (rule["op"] === "exists") return true;
      return Array.isArray(value) ? value.length > 0 : value !== null && value !== "";
    default:
      return true;
  }
}

/** A condition of this kind that nothing has been said of yet. */
export function blank(leaf: Leaf): Rule {
  if (leaf === "value") return { type: leaf, op: "ge", value: null };
  if (leaf === "property") return { type: leaf, name: "", op: "eq", value: "" };
  return { type: leaf, in: [] };
}

/** The event types that the conditions name. */
export function eventsIn(group: Group): string[] {
  const found = group.parts.flatMap((part) => {
    if ("group" in part) return eventsIn(part.group);
    return part.leaf.type === "event" ? (part.leaf["in"] as string[]) : [];
  });
  return [...new Set(found)];
}

/** A value as it was typed: a number where it reads as one, and as nothing else. */
export function typedValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return text.trim() !== "" && String(number) === text ? number : text;
}

function groupOf(rule: Rule, depth: number): Group | null {
  if (rule.type === "not") {
    const inner = rule["rule"] as Rule;
    const parts = inner.type === "any" ? rulesIn(inner) : [inner];
    return grouped("none", parts, depth);
  }
  if (rule.type === "all" || rule.type === "any") return grouped(rule.type, rulesIn(rule), depth);
  return isLeaf(rule) ? { join: "all", parts: [{ leaf: rule }] } : null;
}

function grouped(join: Join, rules: Rule[], depth: number): Group | null {
  const parts = rules.map((rule) => partOf(rule, depth));
  return parts.length === 0 || parts.includes(null) ? null : { join, parts: parts as Part[] };
}

function partOf(rule: Rule, depth: number): Part | null {
  if (isLeaf(rule)) return { leaf: rule };
  const group = depth < DEEPEST ? groupOf(rule, depth + 1) : null;
  return group === null ? null : { group };
}

function ruleOfGroup({ join, parts }: Group): Rule | null {
  const rules = parts.flatMap((part): Rule[] => {
    if ("leaf" in part) return isFinished(part.leaf) ? [part.leaf] : [];
    const inner = ruleOfGroup(part.group);
    return inner === null ? [] : [inner];
  });
  if (rules.length === 0) return null;
  const either = join === "all" ? { type: "all", rules } : { type: "any", rules };
  const together = rules.length === 1 ? rules[0]! : either;
  return join === "none" ? { type: "not", rule: together } : together;
}

const rulesIn = (rule: Rule): Rule[] => (rule["rules"] as Rule[] | undefined) ?? [];
