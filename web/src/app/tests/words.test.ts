import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../languages.ts";

const SOURCE = join(import.meta.dirname, "../..");
const files = readdirSync(SOURCE, { recursive: true }).map(String);
const folders = files.filter((file) => /(^|\/)words$/.test(file));
const FORMS = /_(zero|one|two|few|many|other)$/;
type Words = Record<string, Record<string, string>>;

const read = (folder: string, language: string): Words =>
  JSON.parse(readFileSync(join(SOURCE, folder, `${language}.json`), "utf8")) as Words;

const flat = (words: Words): [string, string][] =>
  Object.entries(words).flatMap(([room, part]) =>
    Object.entries(part).map(([key, text]): [string, string] => [`${room}.${key}`, text]),
  );

/** The keys that a language must have so that it says what English says. */
function wanted(english: Words, language: string): Set<string> {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return new Set(
    flat(english).flatMap(([key]) =>
      FORMS.test(key) ? forms.map((form) => key.replace(FORMS, `_${form}`)) : [key],
    ),
  );
}

const blanks = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!).toSorted();

describe.each(folders)("the words of %s", (folder) => {
  const english = read(folder, "en");

  it("are there in every language, and in no other", () => {
    const there = readdirSync(join(SOURCE, folder)).toSorted();
    expect(there).toEqual(LANGUAGES.map((language) => `${language}.json`).toSorted());
  });

  it.each(LANGUAGES)("are complete in %s, with all forms of the plural", (language) => {
    const found = flat(read(folder, language));
    expect(found.filter(([, text]) => text.trim() === "")).toEqual([]);
    expect(found.map(([key]) => key).toSorted()).toEqual([...wanted(english, language)].toSorted());
  });

  it.each(LANGUAGES)("have the same blanks in %s", (language) => {
    const told = new Map(flat(english));
    const wrong = flat(read(folder, language)).filter(([key, text]) => {
      const other = told.get(key) ?? told.get(key.replace(FORMS, "_other")) ?? "";
      // A form for one may spell the number out.
      const own = FORMS.test(key) ? blanks(other).filter((b) => blanks(text).includes(b)) : blanks(other);
      return own.join() !== blanks(text).join();
    });
    expect(wrong).toEqual([]);
  });
});

describe("the source", () => {
  const code = files.filter((file) => /\.tsx?$/.test(file) && !file.includes("tests/"));
  const texts = code.map((file) => [file, readFileSync(join(SOURCE, file), "utf8")] as const);

  it("gives each room of words to one feature", () => {
    const rooms = folders.flatMap((folder) => Object.keys(read(folder, "en")));
    expect(rooms.length).toBe(new Set(rooms).size);
  });

  it("says nothing that is not in the words", () => {
    const keys = new Set(
      folders.flatMap((folder) => flat(read(folder, "en")).map(([key]) => key.replace(FORMS, ""))),
    );
    const said = texts.flatMap(([, text]) =>
      [...text.matchAll(/\bt\(\s*"([a-z_]+\.[a-z_0-9]+)"/g)].map((match) => match[1]!),
    );
    expect(said.length).toBeGreaterThan(50);
    expect([...new Set(said)].filter((key) => !keys.has(key))).toEqual([]);
  });

  it("writes no words between tags", () => {
    const between = />\s*([A-Z][a-z]+(?: [a-z]+)*[^<>{}=();]*)<\//g;
    const found = texts
      .filter(([file]) => file.endsWith(".tsx"))
      .flatMap(([file, text]) => [...text.matchAll(between)].map((match) => `${file}: ${match[1]}`));
    expect(found).toEqual([]);
  });

  it("asks the server through the client alone", () => {
    const direct = /\bfetch\(|XMLHttpRequest|sendBeacon/;
    const found = texts.filter(([file, text]) => !file.startsWith("api/") && direct.test(text));
    expect(found.map(([file]) => file)).toEqual([]);
  });
});
