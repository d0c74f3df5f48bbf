import { type Formats, type Rule, ruleInWords, type TouchpointFigures } from "@desireline/map-core";
import type { TFunction } from "i18next";

/** Fields whose values have words of their own, and where these stand. */
const ROOMS: Record<string, string> = { kind: "kind", evidence: "evidence" };

/** A value of a field as a person reads it. */
export function valueWords(field: string, value: unknown, t: TFunction, formats: Formats): string {
  if (value === null || value === undefined || value === "") return t("versions.nothing");
  if (typeof value === "boolean") return t(value ? "versions.yes" : "versions.no");
  if (field.endsWith("_seconds") && typeof value === "number") return formats.duration(value);
  if (typeof value === "number") return formats.number(value);
  if (isRule(field, value)) return ruleWords(value, t);
  if (typeof value === "string" && field in ROOMS)
    return t(`${ROOMS[field]}.${value}`, { defaultValue: value });
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 0 ? t("versions.nothing") : value.map(plain).join(", ");
  return ofParts(value as Record<string, unknown>, t, formats);
}

const isRule = (field: string, value: unknown): value is Rule =>
  (field === "rule" || field === "outcome") && typeof value === "object";

function ruleWords(rule: Rule, t: TFunction): string {
  if (rule.type === "any" && Array.isArray(rule["rules"]) && rule["rules"].length === 0)
    return t("versions.no_rule");
  return ruleInWords(rule, (key, values) => t(key, values ?? {})) ?? JSON.stringify(rule);
}

const plain = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? Object.values(value).filter((one) => typeof one === "string").join(", ")
    : String(value);

/** A field that holds others, such as a goal: each of them that says something. */
function ofParts(value: Record<string, unknown>, t: TFunction, formats: Formats): string {
  return Object.entries(value)
    .filter(([, one]) => one !== null && one !== "" && !(Array.isArray(one) && one.length === 0))
    .map(([field, one]) => {
      const said = valueWords(field, one, t, formats);
      return field === "statement" || field === "kind" ? said : `${t(`difference_field.${field}`, { defaultValue: field })}: ${said}`;
    })
    .join("; ");
}

/** The figures of a touchpoint that two states are compared by, with their names. */
export const figuresOf = (f: TouchpointFigures, formats: Formats, t: TFunction): [string, string][] => [
  [t("figure.persons"), formats.count(f.persons)],
  [t("figure.reach"), formats.share(f.reach.share)],
  [t("figure.outcome"), formats.share(f.outcome.share)],
];
