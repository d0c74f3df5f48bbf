import type { Persona, PersonaDocument } from "./queries.ts";

/** The lists of a persona, in the order in which one reads them. */
export const LISTS = [
  "goals",
  "needs",
  "motives",
  "beliefs",
  "expectations",
  "social_behaviour",
] as const;
export type ListName = (typeof LISTS)[number];

/** The document of a persona that is kept, without what the server says of it. */
export function documentOf(persona: Persona): PersonaDocument {
  const { key: _key, revision: _revision, changed_at: _at, changed_by: _by, ...document } = persona;
  return document;
}

export const EMPTY: PersonaDocument = {
  name: "",
  summary: "",
  photo: "",
  numbers: [],
  goals: [],
  needs: [],
  motives: [],
  beliefs: [],
  expectations: [],
  social_behaviour: [],
  verbatims: [],
  rule: null,
};

/** Lines of a field as entries: trimmed, without empty ones. */
export const linesOf = (text: string): string[] =>
  text.split("\n").map((line) => line.trim()).filter(Boolean);

/** What is sent: no entry that says nothing, and the name without blanks around it. */
export function tidied(document: PersonaDocument): PersonaDocument {
  const lists = LISTS.map((name) => [name, (document[name] ?? []).map((l) => l.trim()).filter(Boolean)]);
  return {
    ...document,
    ...(Object.fromEntries(lists) as Record<ListName, string[]>),
    name: document.name.trim(),
    numbers: (document.numbers ?? []).filter((one) => one.name.trim() !== ""),
    verbatims: (document.verbatims ?? []).filter((one) => one.text.trim() !== ""),
  };
}

/** The letters by which a persona without a photo is known. */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]!.toLocaleUpperCase())
    .join("");
