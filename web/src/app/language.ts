import { isLanguage, languageOf, speak, startWords } from "./i18n.ts";
import type { Language } from "./languages.ts";
import { wordsThere } from "./spoken/rooms.ts";

const KEPT = "desireline.language";
const spoken: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import("./spoken/en.ts"),
  pl: () => import("./spoken/pl.ts"),
  ru: () => import("./spoken/ru.ts"),
  ro: () => import("./spoken/ro.ts"),
};

async function wordsOf(language: Language): Promise<object> {
  return (await spoken[language]()).default;
}

function chosen(): Language {
  const kept = window.localStorage.getItem(KEPT) ?? "";
  return isLanguage(kept) ? kept : languageOf(navigator.languages);
}

/** Loads the words of the language that was chosen here, or that the browser asks for. */
export async function beginToSpeak(): Promise<void> {
  const language = chosen();
  await startWords(language, await wordsOf(language));
  document.documentElement.lang = language;
}

/** Speaks another language from now on, also after a reload. */
export async function chooseLanguage(language: Language): Promise<void> {
  window.localStorage.setItem(KEPT, language);
  const [first, later] = await Promise.all([wordsOf(language), wordsThere(language)]);
  await speak(language, { ...first, ...later });
}
