import type { Rule } from "./types.ts";

/** The catalogue, as far as pure code needs it. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

const OPERATORS = new Set(["eq", "ne", "lt", "le", "gt", "ge", "in", "contains", "exists"]);

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const plain = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);
const quoted = (values: unknown): string =>
  list(values)
    .map((v) => `“${plain(v)}”`)
    .join(", ");
const rules = (rule: Rule): Rule[] =>
  Array.isArray(rule["rules"]) ? (rule["rules"] as Rule[]) : [];

/**
 * A rule in words, or null for a rule that only its code tells (sequences, counts, patterns).
 * The rules are those of `desireline.engine.rules`.
 */
export function ruleInWords(rule: Rule, say: Say): string | null {
  switch (rule.type) {
    case "event":
    case "channel":
    case "actor":
      return say(`rule.${rule.type}${list(rule["in"]).length > 1 ? "s" : ""}`, {
        value: quoted(rule["in"]),
      });
    case "direction":
      return list(rule["in"])
        .map((way) => say(`rule.${plain(way)}`))
        .join(` ${say("rule.or")} `);
    case "any":
      return joined(rules(rule), say, "rule.or");
    case "all":
      return joined(rules(rule), say, "rule.and");
    case "not": {
      const part = ruleInWords(rule["rule"] as Rule, say);
      return part === null ? null : say("rule.not", { part });
    }
    case "property":
    case "trait":
      return comparison(plain(rule["name"]), rule, say);
    case "value":
      return comparison(say("rule.value"), rule, say);
    default:
      return null;
  }
}

function joined(parts: Rule[], say: Say, word: string): string | null {
  const told = parts.map((part) => ruleInWords(part, say));
  return told.length === 0 || told.includes(null) ? null : told.join(` ${say(word)} `);
}

function comparison(name: string, rule: Rule, say: Say): string | null {
  const operator = String(rule["op"]);
  if (!OPERATORS.has(operator)) return null;
  return say(`rule.${operator}`, { name, value: quoted(rule["value"]) });
}
