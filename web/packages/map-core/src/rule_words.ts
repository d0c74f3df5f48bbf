import type { Rule } from "./types.ts";

/** The catalogue, as far as pure code needs it. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

const OPERATORS = ["eq", "ne", "lt", "le", "gt", "ge", "in", "contains"];

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
const quoted = (values: unknown[]): string => values.map((v) => `“${plain(v)}”`).join(", ");
const isRule = (value: unknown): value is Rule =>
  typeof value === "object" && value !== null && typeof (value as Rule).type === "string";

/** The parts that a rule is made of, whatever its field is called. */
function parts(rule: Rule): Rule[] {
  return Object.values(rule).flatMap((v) => (Array.isArray(v) ? v : [v])).filter(isRule);
}

/**
 * A rule in words, or null for a rule that only its code tells (sequences, counts). Known: event
 * types, `any`, `all`, `not`, channel, actor, and comparisons of a property.
 */
export function ruleInWords(rule: Rule, say: Say): string | null {
  const inside = parts(rule);
  const told = inside.map((part) => ruleInWords(part, say));
  if (told.includes(null)) return null;
  switch (rule.type) {
    case "event":
    case "events":
    case "event_type":
      return eventWords(rule, say);
    case "any":
    case "or":
      return told.join(` ${say("rule.or")} `);
    case "all":
    case "and":
      return told.join(` ${say("rule.and")} `);
    case "not":
      return say("rule.not", { part: told[0] ?? "" });
    case "channel":
    case "actor":
      return say(`rule.${rule.type}`, { value: quoted(list(named(rule))) });
    default:
      return comparison(rule, say);
  }
}

function named(rule: Rule): unknown {
  const field = ["event", "events", "name", "names", "value", "values", "is", "in", rule.type].find(
    (key) => rule[key] !== undefined,
  );
  return field === undefined ? [] : rule[field];
}

function eventWords(rule: Rule, say: Say): string {
  const names = list(named(rule));
  return say(names.length > 1 ? "rule.events" : "rule.event", { value: quoted(names) });
}

function comparison(rule: Rule, say: Say): string | null {
  const name = rule["property"] ?? rule["name"] ?? rule["column"];
  const operator = String(rule["op"] ?? rule["operator"] ?? "eq");
  if (name === undefined || !OPERATORS.includes(operator)) return null;
  return say(`rule.${operator}`, { name: plain(name), value: quoted(list(rule["value"])) });
}
