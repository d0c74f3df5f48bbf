import { use } from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./en.json" with { type: "json" };

/** The catalogue. Further languages are further files here. */
export const catalogue = { en: { translation: en } };

export async function startCatalogue(language: string): Promise<void> {
  await use(initReactI18next).init({
    resources: catalogue,
    lng: language in catalogue ? language : "en",
    fallbackLng: "en",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
