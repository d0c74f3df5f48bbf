import type { Formats } from "@desireline/map-core";
import i18n, { type TFunction } from "i18next";
import type { Shapes } from "../../api/client.ts";

type Value = string | number | null | undefined;

const SHARES = new Set(["share", "coverage", "fitness", "walked"]);
const DURATIONS = new Set(["p50", "p90"]);

const points = (formats: Formats, value: number): string => formats.signed(value * 100);

const OF_EFFECTS = new Set(["estimate", "low", "high"]);
const OF_SIDES = new Set(["before", "after", "other_before", "other_after"]);

/** A duration with its sign. */
export const moved = (formats: Formats, value: number): string =>
  `${value < 0 ? "−" : "+"}${formats.duration(Math.abs(value))}`;

/** Effects are of a share, of a value or of a time: the key says which. */
function ofEffect(formats: Formats, key: string, name: string, value: number): string {
  if (name === "most") return formats.number(value);
  if (key.startsWith("effects.time") && OF_EFFECTS.has(name)) return moved(formats, value);
  if (key.startsWith("effects.time") && OF_SIDES.has(name)) return formats.duration(value);
  const isValue = key.startsWith("effects.value");
  if (OF_EFFECTS.has(name)) return isValue ? formats.number(value) : points(formats, value);
  if (OF_SIDES.has(name)) return isValue ? formats.number(value) : formats.share(value);
  return name === "value" ? formats.share(value) : formats.count(value);
}

/** How a value of a sentence is written: what it is, its name says, and of two groups the key. */
function written(formats: Formats, key: string, name: string, value: Value): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return value;
  if (DURATIONS.has(name)) return formats.duration(value);
  if (SHARES.has(name)) return formats.share(value);
  if (key.startsWith("compare.share")) {
    if (name === "a" || name === "b") return formats.share(value);
    if (name === "difference") return formats.number(Math.abs(value) * 100);
    if (name === "low" || name === "high") return points(formats, value);
  }
  if (/^(conformance|endings|pains)\./.test(key)) {
    if (name === "bound") return formats.duration(value);
    if (["mark", "harm", "worth"].includes(name)) return formats.number(value);
    if (name === "a" || name === "b") return formats.share(value);
    if (["difference", "low", "high"].includes(name)) return points(formats, value);
  }
  if (key.startsWith("effects.")) return ofEffect(formats, key, name, value);
  if (key.startsWith("hypotheses.") && name === "number") return formats.share(value);
  if (key.startsWith("moments.")) {
    if (["a", "b", "smallest"].includes(name)) return formats.share(value);
    if (["e_value", "rank"].includes(name) || key === "moments.agreement") return formats.number(value);
    if (["difference", "low", "high"].includes(name)) return points(formats, value);
  }
  if (key.startsWith("alert.") && name !== "n") {
    if (key.startsWith("alert.share")) return formats.share(value);
    return key.startsWith("alert.seconds") ? formats.duration(value) : formats.number(value);
  }
  if (key.startsWith("compare.seconds") && ["a", "b", "difference"].includes(name))
    return formats.duration(Math.abs(value));
  return formats.count(value);
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

/** A sentence of the server in the reader's language; in English as the server says it. */
export function spoken(t: TFunction, formats: Formats, message: Shapes["Message"]): string {
  if (i18n.language === "en") return message.text;
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
