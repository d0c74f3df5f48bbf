import { Formats } from "@desireline/map-core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** The reader's own locale where it speaks the language of the page, else that language. */
export function localeOf(language: string): string {
  return navigator.languages.find((locale) => locale.split("-")[0] === language) ?? language;
}

/** Numbers, shares, waits and times as the reader writes them. */
export function useFormats(): Formats {
  const { i18n: spoken } = useTranslation();
  return useMemo(() => new Formats(localeOf(spoken.language), spoken.language), [spoken.language]);
}

/** "3 days ago", as seen from this moment. */
export const agoNow = (formats: Formats, iso: string): string =>
  formats.ago(iso, new Date().toISOString());
