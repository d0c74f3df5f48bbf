import type { Cell, Rule } from "../types.ts";

/** The rule of a touchpoint that nobody has bound to events yet. */
export const NO_EVENT: Rule = { type: "any", rules: [] };

const parts = (rule: Rule): Rule[] => (rule.type === "any" ? (rule["rules"] as Rule[]) : [rule]);

/** The rule that holds where one of them does; of two lists of event types, one list. */
export function either(a: Rule, b: Rule): Rule {
  if (a.type === "event" && b.type === "event") {
    const names = a["in"] as string[];
    return { type: "event", in: [...names, ...(b["in"] as string[]).filter((n) => !names.includes(n))] };
  }
  const both = [...parts(a), ...parts(b)];
  return both.length === 1 ? both[0]! : { type: "any", rules: both };
}

/** The cell that stays, with the words of the one that goes below its own. */
export function toldTogether(kept: Cell | undefined, gone: Cell): Cell {
  if (kept === undefined) return gone;
  if (gone.text === "" || gone.text === kept.text) return kept;
  return { ...kept, text: kept.text === "" ? gone.text : `${kept.text}\n${gone.text}` };
}
