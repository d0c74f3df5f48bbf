import i18n, { changeLanguage, use } from "i18next";
import { initReactI18next } from "react-i18next";
import { type Language, LANGUAGES } from "./languages.ts";

const base = (locale: string): string => locale.toLowerCase().split("-")[0] ?? "";

export const isLanguage = (text: string): text is Language =>
  (LANGUAGES as readonly string[]).includes(text);

/** The first of the locales that the product speaks; else English. */
export function languageOf(locales: readonly string[]): Language {
  return locales.map(base).find(isLanguage) ?? "en";
}

/** Begins with the words of one language. */
export async function startWords(language: Language, words: object): Promise<void> {
  await use(initReactI18next).init({
    resources: { [language]: { translation: words } },
    lng: language,
    fallbackLng: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

/** Adds what a part of the application says. */
export function speakRoom(language: Language, words: object): void {
  i18n.addResourceBundle(language, "translation", words, true, true);
}

/** Adds a language that was not there from the beginning, and speaks it from now on. */
export async function speak(language: Language, words: object): Promise<void> {
  i18n.addResourceBundle(language, "translation", words, true, true);
  await changeLanguage(language);
  document.documentElement.lang = language;
}
