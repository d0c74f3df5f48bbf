import type { Rule } from "@desireline/map-core";

/** What stays the same of a rule while a value is typed into it: its letters are undone as one. */
export const shapeOf = (rule: Rule): string =>
  JSON.stringify(rule, (name, value: unknown) => (name === "value" || name === "name" ? undefined : value));
