import type { Improvement, Opportunity } from "./queries.ts";

/** From a weak point to what doing something about it has changed. */
export const COLUMNS = ["weakness", "opportunity", "planned", "doing", "deployed", "measured"] as const;
export type Column = (typeof COLUMNS)[number];

/** What lies on the board: an opportunity until something is done about it, then what is done. */
export type Card =
  | { kind: "opportunity"; id: string; column: Column; one: Opportunity }
  | { kind: "improvement"; id: string; column: Column; one: Improvement; of: Opportunity | undefined };

export const idOf = (kind: Card["kind"], number: number): string =>
  `${kind === "opportunity" ? "o" : "i"}${number}`;

/** The cards of the board; what was dropped lies on none of its columns. */
export function cardsOf(opportunities: Opportunity[], improvements: Improvement[]): Card[] {
  const by = new Map(opportunities.map((one) => [one.id, one]));
  const live = improvements.filter((one) => one.state !== "dropped");
  const begun = new Set(live.map((one) => one.opportunity));
  const noted = opportunities.flatMap((one): Card[] =>
    one.state === "dropped" || begun.has(one.id)
      ? []
      : [{ kind: "opportunity", id: idOf("opportunity", one.id), column: one.state, one }],
  );
  const done = live.flatMap((one): Card[] => {
    const of = by.get(one.opportunity);
    if (one.state === "dropped" || of?.state === "dropped") return [];
    return [{ kind: "improvement", id: idOf("improvement", one.id), column: one.state, one, of }];
  });
  return [...noted, ...done];
}

/** What is gained for each point of effort; not known before effort and both values are. */
export const priorityOf = (card: Card): number | null =>
  (card.kind === "opportunity" ? card.one.priority : card.of?.priority) ?? null;

/** The cards of a column: those first that give most for the effort, then the oldest. */
export const inColumn = (cards: Card[], column: Column): Card[] =>
  cards
    .filter((card) => card.column === column)
    .toSorted((a, b) => (priorityOf(b) ?? 0) - (priorityOf(a) ?? 0) || a.one.id - b.one.id);

const OF_OPPORTUNITY: readonly Column[] = ["weakness", "opportunity", "planned"];
const OF_IMPROVEMENT: readonly Column[] = ["planned", "doing", "deployed", "measured"];

/** The columns in which a card may lie; the first of what is done is the way from an opportunity. */
export const columnsOf = (card: Card): readonly Column[] =>
  card.kind === "opportunity" ? OF_OPPORTUNITY : OF_IMPROVEMENT;

/** The column beside its own into which a card may go; none at the end. */
export function nextTo(card: Card, by: 1 | -1): Column | undefined {
  const columns = columnsOf(card);
  return columns[columns.indexOf(card.column) + by];
}

/** Where an opportunity lies in the picture: effort to the right, mean of both values upwards. */
export interface Dot {
  id: string;
  number: number;
  title: string;
  effort: number;
  value: number;
}

/** Every opportunity that has its scores, numbered by what it gives for the effort. */
export function dotsOf(cards: Card[]): Dot[] {
  const scored = cards.flatMap((card) => {
    const of = card.kind === "opportunity" ? card.one : card.of;
    if (of === undefined || card.column === "measured" || card.column === "deployed") return [];
    const { effort, customer_value: customer, business_value: business } = of;
    if (typeof effort !== "number" || typeof customer !== "number" || typeof business !== "number") return [];
    return [{ id: card.id, title: card.one.title, effort, value: (customer + business) / 2 }];
  });
  return scored
    .toSorted((a, b) => b.value / b.effort - a.value / a.effort)
    .map(({ id, title, effort, value }, at) => ({ number: at + 1, id, title, effort, value }));
}

/** Dots that lie on the same place, together. */
export const places = (dots: Dot[]): Dot[][] => [
  ...Map.groupBy(dots, ({ effort, value }) => `${effort} ${value}`).values(),
];
