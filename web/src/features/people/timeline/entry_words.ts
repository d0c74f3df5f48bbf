import type { Entry } from "../queries.ts";

/** "order_completed" is "Order completed". */
export function typeWords(type: string): string {
  const words = type.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value without the signs of JSON: "name: Cat fountain, price: 39.9; name: Filter". */
export function plain(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(plain).join(value.some((one) => typeof one === "object") ? "; " : ", ");
  }
  if (typeof value !== "object" || value === null) return String(value ?? "");
  return Object.entries(value)
    .map(([name, one]) => `${name.replaceAll("_", " ")}: ${plain(one)}`)
    .join(", ");
}

/** What an event says of itself, as names and values; nothing that is empty or shown elsewhere. */
export function saysOf(entry: Entry): [string, string][] {
  const elsewhere = new Set(["attachments", "channel", "department", "value", "currency"]);
  return Object.entries(entry.properties ?? {})
    .filter(([name, value]) => !elsewhere.has(name) && value !== null && value !== "")
    .map(([name, value]) => [name.replaceAll("_", " "), plain(value)]);
}

/** Both ends of a link or a merge: "email ann@example.com + user_id 4711". */
export const endsOf = (entry: Entry): string =>
  (entry.by ?? []).map((end) => `${end.kind} ${end.value}`).join(" + ");

/** Whether a document's address leads to a page: what an event says may be any text. */
export const isWebAddress = (url: string | null | undefined): url is string =>
  /^https?:\/\//i.test(url ?? "");

/** Entries by the day of the reader, in the order that they have. */
export function byDay(entries: Entry[], day: (iso: string) => string): [string, Entry[]][] {
  const days: [string, Entry[]][] = [];
  for (const entry of entries) {
    const name = day(entry.at);
    const last = days.at(-1);
    if (last?.[0] === name) last[1].push(entry);
    else days.push([name, [entry]]);
  }
  return days;
}

/** What tells one entry from all others of a timeline. */
export const entryKey = (entry: Entry): string =>
  [entry.what, entry.position ?? "", entry.at, entry.type, entry.channel ?? ""].join(" ");
