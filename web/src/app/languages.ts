/** The languages of the product; each feature has its words in all of them. */
export const LANGUAGES = ["en", "pl", "ru", "ro"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The languages as they call themselves. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: "English",
  pl: "Polski",
  ru: "Русский",
  ro: "Română",
};
