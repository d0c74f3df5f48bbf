import type { Share, Wait } from "./types.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
  ["second", 1],
];
/** The unit a duration is told in: the first that it holds this often. */
const ENOUGH: Partial<Record<string, number>> = {
  year: 2,
  month: 3,
  day: 2,
  hour: 1.5,
  minute: 1.5,
};

const NONE = "–";
const NARROW = "\u202f"; // thin space that does not break

const minus = (text: string): string => text.replace("-", "−");

/** A sentence whose numbers keep their percent sign on the same line. */
export const sentenceText = (text: string): string =>
  text.replace(/(?<=\d)[ \u00a0]%/g, `${NARROW}%`);

/**
 * Numbers, shares, waits and times as the reader writes them: digits by the reader's locale,
 * unit words by the language of the catalogue, at most three significant digits.
 */
export class Formats {
  private readonly numbers: string;
  private readonly words: string;
  private readonly made = new Map<string, Intl.NumberFormat>();

  constructor(numbers: string, words: string) {
    this.numbers = numbers;
    this.words = words;
  }

  /** A count: exact to a million, then in words. */
  count(value: number): string {
    if (Math.abs(value) < 1e6) return this.format(this.numbers).format(value);
    return this.spelled(value, { notation: "compact", compactDisplay: "long" });
  }

  /** A plain number with at most three significant digits. */
  number(value: number | null): string {
    if (value === null) return NONE;
    if (Math.abs(value) >= 1000) return this.count(Math.round(value));
    return minus(this.format(this.numbers, { maximumSignificantDigits: 3 }).format(value));
  }

  /** "€39.90", "39,90 €": to the cent; an amount of no currency is a plain number. */
  money(value: number, currency: string | null | undefined): string {
    if (!currency) return this.format(this.numbers, { maximumFractionDigits: 2 }).format(value);
    return minus(this.format(this.numbers, { style: "currency", currency }).format(value));
  }

  signed(value: number): string {
    const digits = { maximumFractionDigits: 1, signDisplay: "exceptZero" } as const;
    return minus(this.format(this.numbers, digits).format(value));
  }

  /** 0.4312 is "43 %", 0.0312 is "3.1 %", 0.00312 is "0.31 %". */
  share(value: number | null): string {
    if (value === null) return NONE;
    return `${this.percent(value, places(value))}${NARROW}%`;
  }

  /** "42–44 %": both ends with the same number of places; "" where they read alike. */
  interval(share: Share): string {
    if (share.low === null || share.high === null) return NONE;
    const digits = places(share.share ?? share.high);
    const low = this.percent(share.low, digits);
    const high = this.percent(share.high, digits);
    return low === high ? "" : `${low}–${high}${NARROW}%`;
  }

  /** "2.1 hours", "45 seconds". */
  duration(seconds: number | null): string {
    if (seconds === null) return NONE;
    const [unit, size] = unitOf(seconds);
    const value = seconds / size;
    const digits = unit === "second" || value >= 10 ? 0 : 1;
    return this.spelled(value, { style: "unit", unit, unitDisplay: "long" }, digits);
  }

  /** "2.1 hours to 3.4 days", from the middle wait to the long one. */
  waits(wait: Wait): string {
    if (wait.p50 === null || wait.p90 === null) return NONE;
    const low = this.duration(wait.p50);
    const high = this.duration(wait.p90);
    return low === high ? low : `${low} – ${high}`;
  }

  /** "3 days ago" as seen from another moment. */
  ago(iso: string, from: string): string {
    const seconds = (Date.parse(iso) - Date.parse(from)) / 1000;
    const [unit, size] = unitOf(Math.abs(seconds));
    const relative = new Intl.RelativeTimeFormat(this.words, { numeric: "auto" });
    return relative.format(Math.round(seconds / size), unit);
  }

  /** The exact moment, in UTC, as the file has it. */
  moment(iso: string): string {
    const style = { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" } as const;
    return `${new Intl.DateTimeFormat(this.numbers, style).format(new Date(iso))} UTC`;
  }

  /** "14:03", on the reader's own clock. */
  time(milliseconds: number): string {
    const style = { hour: "2-digit", minute: "2-digit" } as const;
    return new Intl.DateTimeFormat(this.numbers, style).format(new Date(milliseconds));
  }

  /** "1 Mar – 29 Jun 2026". */
  period(first: string, last: string): string {
    const style = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
    return new Intl.DateTimeFormat(this.numbers, style).formatRange(
      new Date(first),
      new Date(last),
    );
  }

  /** How large a file is: "120 kB". */
  size(bytes: number): string {
    const step = bytes < 1e3 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
    const unit = ["byte", "kilobyte", "megabyte", "gigabyte"][step];
    const value = bytes / 1e3 ** step;
    const digits = step > 0 && value < 10 ? 1 : 0;
    return this.format(this.words, { style: "unit", unit, maximumFractionDigits: digits }).format(value);
  }

  /** Making a format costs more than a hundred uses of it. */
  private format(locale: string, style: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
    const name = `${locale} ${JSON.stringify(style)}`;
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const made = new Intl.NumberFormat(locale, style);
    this.made.set(name, made);
    return made;
  }

  private percent(value: number, digits: number): string {
    const style = { minimumFractionDigits: 0, maximumFractionDigits: digits };
    return this.format(this.numbers, style).format(value * 100);
  }

  /** The word from the catalogue's language, the digits from the reader's locale. */
  private spelled(value: number, style: Intl.NumberFormatOptions, decimals?: number): string {
    const digits =
      decimals === undefined
        ? { maximumSignificantDigits: 3 }
        : { maximumFractionDigits: decimals };
    const parts = this.format(this.words, { ...style, ...digits }).formatToParts(value);
    if (style.notation === "compact" || this.numbers === this.words) {
      return parts.map((p) => p.value).join("");
    }
    const number = this.format(this.numbers, digits).format(value);
    const rest = parts.filter((p) => p.type === "unit" || p.type === "literal");
    return [number, ...rest.map((p) => p.value)].join("");
  }
}

function places(share: number): number {
  const percent = Math.abs(share) * 100;
  if (percent >= 10 || percent === 0) return 0;
  return percent >= 1 ? 1 : 2;
}

function unitOf(seconds: number): [Intl.RelativeTimeFormatUnit, number] {
  for (const [unit, size] of STEPS) {
    if (seconds >= size * (ENOUGH[unit] ?? 1)) return [unit, size];
  }
  return ["second", 1];
}
