import i18n, { t } from "i18next";
import type { Language } from "../app/languages.ts";

/** What the server refuses, said for people: loaded with the first problem, which most never meet. */
const spoken: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import("./words/en.json"),
  pl: () => import("./words/pl.json"),
  ru: () => import("./words/ru.json"),
  ro: () => import("./words/ro.json"),
};
const WORDS = "translation";

/** Resolves when problems can be said in the reader's language; without a network they are said as they came. */
export async function learnProblems(): Promise<void> {
  const language = i18n.language as Language | undefined;
  if (language === undefined || i18n.getResource(language, WORDS, "problems") !== undefined) return;
  try {
    i18n.addResourceBundle(language, WORDS, (await spoken[language]()).default, true, true);
  } catch {
    // The part of the application could not be loaded.
  }
}

type Values = Record<string, string | number>;

const written = (values: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "number" ? value.toLocaleString(i18n.language) : value,
    ]),
  );

/** The sentence for a code, in the reader's language; none where there is none with these blanks. */
export function problemSaid(code: string, values: Values, detail: string): string | null {
  const filled = { ...values, detail };
  const name = `problems.${code.replace(/_many$/, "_much")}`; // `_many` is a form of the plural
  const keys = [`${name}_${values["case"] ?? ""}`, name];
  for (const key of keys) {
    const text: unknown = i18n.isInitialized ? i18n.getResource(i18n.language, WORDS, key) : undefined;
    if (typeof text !== "string") continue;
    const blanks = [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!);
    if (blanks.every((blank) => blank in filled)) return t(key, written(filled));
  }
  return null;
}
