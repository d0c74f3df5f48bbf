import { Formats, type Said } from "@desireline/map-core";
import { changeLanguage, init, t } from "i18next";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { spoken } from "../state/said.ts";

const LANGUAGES = ["pl", "ru", "ro"];
const file = (language: string): object =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../words/${language}.json`), "utf8")) as object;
const said = async (language: string, one: Said): Promise<string> => {
  await changeLanguage(language);
  return spoken(one, t, new Formats(language, language), language).replaceAll(/[\u00a0\u202f]/g, " ");
};

const outcome: Said = {
  about: null,
  text: "Of 4,088 people, 20 % (19–22 %) reached the goal, “Order”.",
  key: "map_outcome",
  values: {
    n: 4088,
    people: "person",
    share: { n: 4088, count: 833, share: 0.2038, low: 0.1917, high: 0.2164 },
    goal: "Order",
  },
};

beforeAll(async () => {
  const resources = Object.fromEntries(
    ["en", ...LANGUAGES].map((language) => [language, { translation: file(language) }]),
  );
  await init({ resources, lng: "en", interpolation: { escapeValue: false } });
});

describe("a sentence of the map", () => {
  it("is said in English as the file has it", async () => {
    expect(await said("en", outcome)).toBe(outcome.text);
  });

  it("is said in the reader's language, with her numbers", async () => {
    expect(await said("pl", outcome)).toBe(
      "Spośród 4088 osób cel „Order” osiągnęło 20 % (19–22 %).",
    );
    expect(await said("ru", outcome)).toBe("Из 4 088 человек цели «Order» достигли 20 % (19–22 %).");
    expect(await said("ro", outcome)).toBe("Din 4.088 de persoane, 20 % (19–22 %) au atins scopul „Order”.");
  });

  it("names places in a row, and how many more there are", async () => {
    const places = { names: ["Ad", "Cart"], more: 5 };
    const one: Said = { about: null, text: "", key: "map_unseen", values: { places } };
    expect(await said("pl", one)).toBe("Na mapie, ale nie w dzienniku: Ad, Cart i 5 innych.");
  });

  it("says of how many where an interval says nothing", async () => {
    const share = { n: 24918, count: 24918, share: 1, low: 0.9999, high: 1 };
    const one: Said = { about: null, text: "", key: "reach", values: { n: 24918, people: "session", share } };
    expect(await said("pl", one)).toBe("Spośród 24 918 wizyt dotarło tu 100 % (24 918/24 918).");
  });

  it("of an older file is said as it is there", async () => {
    expect(await said("ro", { about: null, text: "Of 3 people, 1 came." })).toBe("Of 3 people, 1 came.");
  });
});
