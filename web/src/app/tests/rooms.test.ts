import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { LATER } from "../spoken/rooms.ts";

const SOURCE = join(import.meta.dirname, "../..");
const files = readdirSync(SOURCE, { recursive: true }).map(String);
const code = files.filter((file) => /\.tsx?$/.test(file) && !/(^|\/)tests\//.test(file));
const textOf = (file: string): string => readFileSync(join(SOURCE, file), "utf8");
type Words = Record<string, Record<string, string>>;

/** By the name of each room of words that comes later: its feature, and its keys. */
const rooms = new Map<string, { feature: string; keys: string[] }>();
for (const folder of files.filter((file) => /(^|\/)words$/.test(file))) {
  const feature = folder.split("/")[1] ?? "";
  if (!(LATER as readonly string[]).includes(feature)) continue;
  const words = JSON.parse(textOf(`${folder}/en.json`)) as Words;
  for (const [room, said] of Object.entries(words)) rooms.set(room, { feature, keys: Object.keys(said) });
}

const at = (file: string, to: string): string => relative(SOURCE, normalize(join(SOURCE, dirname(file), to)));

/** What a file loads with itself. */
function imports(file: string): string[] {
  const found = [...textOf(file).matchAll(/^(?:import|export) (?!type\b)[^;]*?from "(\.[^"]+\.tsx?)"/gm)];
  return found.map((match) => at(file, match[1]!)).filter((to) => existsSync(join(SOURCE, to)));
}

/** Everything that comes with a part. */
function whole(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const next of imports(file)) whole(next, seen);
  return seen;
}

/** The features whose words are said in a file. */
function saidIn(file: string): string[] {
  const found = textOf(file).matchAll(/["`]([a-z_]+)\.([a-z_0-9]*)(\$\{|["`])/g);
  return [...found].flatMap(([, room, key, end]) => {
    const known = rooms.get(room!);
    const fits = (one: string): boolean =>
      end === "${" ? one.startsWith(key!) : one === key || one.startsWith(`${key}_`);
    return known?.keys.some(fits) ? [known.feature] : [];
  });
}

/** The features whose words a part needs. */
const needs = (file: string): string[] =>
  [...new Set([...whole(file)].flatMap(saidIn))].toSorted();

/** Every part that is loaded when it is needed, and the features it is loaded with. */
const parts = code.flatMap((file) => {
  const text = textOf(file);
  return [...text.matchAll(/import\("(\.[^"]+\.tsx?)"\)/g)].map((match) => {
    const before = text.slice(0, match.index);
    const spoken = /speaking\(\[([^\]]*)\], (?:async )?\(\) =>\s*$/.exec(before)?.[1] ?? "";
    const said = [...spoken.matchAll(/"(\w+)"/g)].map((one) => one[1]!);
    return { file, part: at(file, match[1]!), said };
  });
});

describe("words that come later", () => {
  it("are not said by what comes first", () => {
    expect(needs("app/app.tsx")).toEqual([]);
    expect(parts.length).toBeGreaterThan(30);
  });

  it.each(parts)("come with $part", ({ part, said }) => {
    expect(said.toSorted()).toEqual(needs(part));
  });

  it.each(["en", "pl", "ru", "ro"])("stand in no first part in %s", (language) => {
    const list = (text: string): string[] => /\{([a-z,]+)\}/.exec(text)?.[1]?.split(",") ?? [];
    expect(list(textOf(`app/spoken/${language}.ts`))).toEqual([...LATER]);
    expect(list(textOf("app/spoken/rooms.ts").split("import.meta.glob")[1]!)).toEqual([...LATER]);
  });
});
