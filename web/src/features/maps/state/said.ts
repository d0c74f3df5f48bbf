import { type Formats, type Said, type SaidValue, sentenceText, type Share } from "@desireline/map-core";
import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useMap } from "./map_context.ts";

const DURATIONS = new Set(["p50", "p90"]);

/** A share with its interval; where that says nothing, how many of how many. */
function shareWords(share: Share, formats: Formats): string {
  const interval = formats.interval(share);
  const value = formats.share(share.share);
  if (share.share === null) return value;
  if (interval !== "") return `${value} (${interval})`;
  if (!["0", "100"].includes(value.split(/\D/, 1)[0] ?? "")) return value;
  return `${value} (${formats.count(share.count)}/${formats.count(share.n)})`;
}

/** A value as the reader writes it: what it is, its shape and its name say. */
function written(name: string, value: SaidValue, t: TFunction, formats: Formats, language: string): string {
  const list = (words: string[]): string => new Intl.ListFormat(language).format(words);
  if (typeof value === "string") return value;
  if (typeof value === "number")
    return DURATIONS.has(name) ? formats.duration(value) : formats.count(value);
  if (Array.isArray(value))
    return list(value.map((one) => `${one.place} (${formats.share(one.share)})`));
  if ("names" in value) {
    const more = { n: formats.count(value.more), count: value.more };
    return list(value.more === 0 ? value.names : [...value.names, t("said.more_places", more)]);
  }
  return shareWords(value, formats);
}

/** A sentence of a map file in the reader's language; in English as the file has it. */
export function spoken(said: Said, t: TFunction, formats: Formats, language: string): string {
  if (language === "en" || said.key === undefined) return sentenceText(said.text);
  const values = said.values ?? {};
  const blanks: Record<string, string> = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, written(name, value, t, formats, language)]),
  );
  if (typeof values["people"] === "string") {
    const n = typeof values["n"] === "number" ? values["n"] : 0;
    blanks["people"] = t(`said.people_${values["people"]}`, { n: formats.count(n), count: n });
    blanks["few_people"] = t(`said.few_${values["people"]}`);
  }
  // Keys that end in `_few` and `_one` are forms of the plural to i18next.
  const key = said.key.replace(/few$/, "little").replace(/_one$/, "_alone");
  return t(`said.${key}`, { ...blanks, defaultValue: said.text });
}

/** Says sentences of the map that is on the screen. */
export function useSaid(): (said: Said) => string {
  const { formats } = useMap();
  const { t, i18n } = useTranslation();
  return useCallback((said) => spoken(said, t, formats, i18n.language), [formats, t, i18n.language]);
}
