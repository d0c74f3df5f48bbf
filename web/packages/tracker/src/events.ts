export type Properties = Record<string, unknown>;

/** One event as the server takes it: docs/events.md. */
export interface Sent {
  id: string;
  type: string;
  kind?: "page" | "identify";
  at: string;
  channel: "web";
  anonymous_id?: string;
  user_id?: string | number;
  email?: string | number;
  phone?: string | number;
  value?: number;
  currency?: string;
  properties?: Properties;
  context?: Properties;
}

/** The text, or so many characters of it; never half of one, which no database takes. */
export const cut = (text: string, most: number): string =>
  text.length > most ? [...text].slice(0, most).join("") : text;

const LONGEST = 200; // characters of a type

/** `Product Added`, `productAdded` and `product-added` as the log writes them: `product_added`. */
export const typeOf = (name: unknown): string =>
  cut(
    String(name ?? "")
      .replace(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, "$1_")
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, "_")
      .replace(/^_|_$/g, "")
      .toLowerCase(),
    LONGEST,
  );

/** Whether this can name somebody: the log takes texts of at most 200 characters, and integers. */
export const isName = (value: unknown): value is string | number =>
  typeof value === "string"
    ? value.trim() !== "" && [...value].length <= LONGEST
    : Number.isSafeInteger(value);

/** The names under which Segment's e-commerce events say what they are worth. */
const AMOUNTS = ["value", "total", "revenue"];
const MOST = 2 ** 53;

/**
 * Value and currency of an event, where its properties say them in a form that the log takes;
 * what it would refuse stays in the properties alone.
 */
export function worthOf(properties: Properties): Pick<Sent, "value" | "currency"> {
  const found: Pick<Sent, "value" | "currency"> = {};
  for (const name of AMOUNTS) {
    const said = properties[name];
    const amount = typeof said === "string" && said.trim() ? Number(said) : said;
    if (typeof amount === "number" && Math.abs(amount) <= MOST) {
      found.value = amount;
      break;
    }
  }
  const currency = String(properties.currency).toUpperCase();
  if (/^[A-Z]{3}$/.test(currency)) found.currency = currency;
  return found;
}

/**
 * A new id: a UUID, version 7 without hyphens. Those of one time lie together in the log.
 * `random` fills the bytes that it is given.
 */
export function newId(at: number, random: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(10);
  random(bytes);
  bytes[0] = (bytes[0]! & 15) | 112;
  bytes[2] = (bytes[2]! & 63) | 128;
  let id = at.toString(16).padStart(12, "0");
  for (const byte of bytes) id += byte.toString(16).padStart(2, "0");
  return id;
}
