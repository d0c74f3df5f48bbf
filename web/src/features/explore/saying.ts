import type { Formats } from "@desireline/map-core";
import i18n, { type TFunction } from "i18next";
import type { Shapes } from "../../api/client.ts";

type Value = string | number | null | undefined;

type Writer = (formats: Formats, value: number) => string;
type Writers = Readonly<Record<string, Writer>>;

/** Stands for every other name. */
const ELSE = "*";

const percent: Writer = (formats, value) => formats.share(value);
const number: Writer = (formats, value) => formats.number(value);
const count: Writer = (formats, value) => formats.count(Math.round(value));
const duration: Writer = (formats, value) => formats.duration(value);
const length: Writer = (formats, value) => formats.duration(Math.abs(value));
const points: Writer = (formats, value) => formats.signed(value * 100);
const distance: Writer = (formats, value) => formats.number(Math.abs(value) * 100);

const ENDS: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };
const RANKS = new Intl.PluralRules("en", { type: "ordinal" });

/** "3rd" in English; in other languages the sentence has what belongs to the number. */
const ordinal: Writer = (formats, value) =>
  i18n.language === "en" ? `${count(formats, value)}${ENDS[RANKS.select(value)]}` : count(formats, value);

/** A duration with its sign. */
export const moved: Writer = (formats, value) =>
  `${value < 0 ? "−" : "+"}${formats.duration(Math.abs(value))}`;

const EVERYWHERE: Writers = {
  p50: duration,
  p90: duration,
  share: percent,
  coverage: percent,
  fitness: percent,
  walked: percent,
};
const BETWEEN: Writers = { a: percent, b: percent, difference: points, low: points, high: points };
const FOUND: Writers = { ...BETWEEN, bound: duration, mark: number, harm: number, worth: number };
const effect = (moves: Writer, stands: Writer): Writers => ({
  estimate: moves,
  low: moves,
  high: moves,
  most: number,
  value: percent,
  before: stands,
  after: stands,
  other_before: stands,
  other_after: stands,
});

/** How blanks are written: by the sentence's key, the first that fits, and by the blank's name. */
const WRITTEN: readonly (readonly [string, Writers])[] = [
  ["compare.share", { ...BETWEEN, difference: distance }],
  ["compare.seconds", { a: length, b: length, difference: length }],
  ["conformance.", FOUND],
  ["endings.", FOUND],
  ["pains.", FOUND],
  ["effects.time", effect(moved, duration)],
  ["effects.value", effect(number, number)],
  ["effects.", effect(points, percent)],
  ["hypotheses.", { number: percent }],
  ["retention.", { k: ordinal }],
  ["moments.agreement", { smallest: percent, [ELSE]: number }],
  ["moments.", { ...BETWEEN, most: distance, smallest: percent, e_value: number, rank: number }],
  ["alert.share", { n: count, [ELSE]: percent }],
  ["alert.seconds", { n: count, [ELSE]: duration }],
  ["alert.", { n: count, [ELSE]: number }],
];

/** How a value of a sentence is written: what it is, its name says, and of two groups the key. */
function written(formats: Formats, key: string, name: string, value: Value): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return value;
  const writers = WRITTEN.find(([begins]) => key.startsWith(begins))?.[1] ?? {};
  const writer = EVERYWHERE[name] ?? writers[name] ?? writers[ELSE] ?? count;
  return writer(formats, value);
}

/** "75 % (30–95 %)", where a sentence has a share with its interval. */
function interval(formats: Formats, told: Record<string, Value>): string | undefined {
  const { share, low, high } = told;
  if (typeof share !== "number" || typeof low !== "number" || typeof high !== "number")
    return undefined;
  return `${formats.share(share)} (${formats.interval({ n: 0, count: 0, share, low, high })})`;
}

/** The blanks of a sentence of the server, filled as the reader writes numbers. */
export function blanksOf(formats: Formats, message: Shapes["Message"]): Record<string, string> {
  const told = message.values as Record<string, Value>;
  const blanks = Object.fromEntries(
    Object.entries(told).map(([name, value]) => [name, written(formats, message.key, name, value)]),
  );
  const whole = interval(formats, told);
  return whole === undefined ? blanks : { ...blanks, interval: whole };
}

/** A sentence of the server in the reader's language, its numbers as the reader writes them. */
export function spoken(t: TFunction, formats: Formats, message: Shapes["Message"]): string {
  // Keys that end in `_few` are forms of the plural to i18next.
  const key = `answers.${message.key.replaceAll(".", "_").replace(/few$/, "little")}`;
  const blanks = blanksOf(formats, message);
  if (typeof blanks["figure"] === "string") {
    const figure = blanks["figure"].replaceAll(" ", "_").toLowerCase();
    blanks["figure"] = t(`figures.${figure}`, { defaultValue: blanks["figure"] });
  }
  if (typeof blanks["period"] === "string")
    blanks["period"] = t(`explore.one_${blanks["period"]}`, { defaultValue: blanks["period"] });
  const text = t(key, { ...blanks, defaultValue: message.text }).replace(" :", ":");
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
