/** What is looked at, as the address of the page has it: so Back goes back, and a link shows the same. */

export const ANALYSES = [
  "transitions",
  "funnel",
  "paths",
  "variants",
  "touchpoints",
  "positions",
  "retention",
] as const;
export type Analysis = (typeof ANALYSES)[number];

export const isAnalysis = (text: string): text is Analysis =>
  (ANALYSES as readonly string[]).includes(text);

/** One of two groups that are compared. */
export interface Group {
  name?: string;
  segment?: string;
  channel?: string;
  from?: string;
  to?: string;
}

export interface View {
  /** First and last day, in UTC. */
  from?: string;
  to?: string;
  /** So many days back from today, in place of the first day. */
  last?: number;
  channels?: string[];
  bots?: false;
  segment?: string;
  /** A second segment: that of the dashboard from which one came. */
  among?: string;
  visits?: true;
  outcome?: string;
  steps?: string[];
  days?: number;
  by?: string;
  anchor?: string;
  begins?: string;
  back?: string;
  period?: "day" | "month";
  rolling?: true;
  a?: Group;
  b?: Group;
  least?: number;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const text = (told: unknown): string | undefined =>
  typeof told === "string" && told.trim() !== "" ? told : undefined;
const day = (told: unknown): string | undefined =>
  typeof told === "string" && DAY.test(told) && !Number.isNaN(Date.parse(told)) ? told : undefined;
const texts = (told: unknown): string[] | undefined =>
  Array.isArray(told) && told.length > 0 && told.every((one) => typeof one === "string")
    ? (told as string[])
    : undefined;
const above = (told: unknown): number | undefined =>
  typeof told === "number" && told > 0 ? told : undefined;
const whole = (told: unknown): number | undefined =>
  Number.isInteger(told) && (told as number) > 0 && (told as number) <= 3660 ? (told as number) : undefined;

function group(told: unknown): Group | undefined {
  if (typeof told !== "object" || told === null) return undefined;
  const said = told as Record<string, unknown>;
  return kept({
    name: text(said["name"]),
    segment: text(said["segment"]),
    channel: text(said["channel"]),
    from: day(said["from"]),
    to: day(said["to"]),
  });
}

/** Without what is not said: an address stays as short as it can be. */
export function kept<T extends object>(told: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as T;
}

/** What an address says; what it cannot mean is left out. */
export function viewOf(said: Record<string, unknown>): View {
  const period = said["period"];
  return kept<View>({
    from: day(said["from"]),
    to: day(said["to"]),
    last: whole(said["last"]),
    channels: texts(said["channels"]),
    bots: said["bots"] === false ? false : undefined,
    segment: text(said["segment"]),
    among: text(said["among"]),
    visits: said["visits"] === true ? true : undefined,
    outcome: text(said["outcome"]),
    steps: texts(said["steps"]),
    days: above(said["days"]),
    by: text(said["by"]),
    anchor: text(said["anchor"]),
    begins: text(said["begins"]),
    back: text(said["back"]),
    period: period === "day" || period === "month" ? period : undefined,
    rolling: said["rolling"] === true ? true : undefined,
    a: group(said["a"]),
    b: group(said["b"]),
    least: above(said["least"]),
  });
}
