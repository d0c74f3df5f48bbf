import type { AnyQuestion } from "../../explore/asking.ts";

/** What an event of a shop is to its customers. */
export const ROLES = ["look", "cart", "order", "again"] as const;
export type Role = (typeof ROLES)[number];
export type Named = Partial<Record<Role, string>>;

export const READY = ["sales", "back", "hurts"] as const;
export type Ready = (typeof READY)[number];

/** Which events each dashboard asks about. */
export const NEEDS: Record<Ready, readonly Role[]> = {
  sales: ["look", "cart", "order"],
  back: ["order", "again"],
  hurts: ["order"],
};

/** A tile: the words that name its question, the question, and how it is shown. */
export interface Planned {
  name: string;
  query: AnyQuestion;
  view: string;
  w: number;
  figure?: (string | number)[];
}

const MONTH_SECONDS = 30 * 86_400;
const filter = { bots: "without", whole_journeys: false, channels: [] } as const;
const of = <Q extends object>(question: Q): AnyQuestion => ({ ...question, filter }) as unknown as AnyQuestion;
const steps = (...rules: string[]) => rules.map((rule) => ({ rule, name: rule, optional: false }));

/** The tiles of a dashboard, asked about the events that were named. */
export function planned(ready: Ready, named: Required<Named>): Planned[] {
  const { look, cart, order, again } = named;
  const sale = { analysis: "funnel", window_seconds: MONTH_SECONDS };
  const plans: Record<Ready, () => Planned[]> = {
    sales: () => [
      {
        name: "sales_share",
        query: of({ ...sale, steps: steps(look, order) }),
        view: "number",
        w: 4,
        figure: ["converted", "share"],
      },
      { name: "sales_steps", query: of({ ...sale, steps: steps(look, cart, order) }), view: "chart", w: 8 },
      { name: "sales_after_cart", query: of({ analysis: "paths", anchor: cart, depth: 1, top: 6 }), view: "chart", w: 6 },
      { name: "sales_ways", query: of({ analysis: "variants", outcome: order, top: 8 }), view: "chart", w: 6 },
    ],
    back: () => [
      {
        name: "back_month",
        query: of({ analysis: "retention", begins: order, back: again, period: "month", periods: 6 }),
        view: "chart",
        w: 6,
      },
      { name: "back_week", query: of({ analysis: "retention", period: "week", periods: 8 }), view: "chart", w: 6 },
      {
        name: "back_second",
        query: of({ analysis: "funnel", steps: steps(order, again) }),
        view: "number",
        w: 4,
        figure: ["converted", "share"],
      },
      { name: "back_after_order", query: of({ analysis: "paths", anchor: order, depth: 1, top: 6 }), view: "chart", w: 8 },
    ],
    hurts: () => [
      { name: "hurts_exit", query: of({ analysis: "touchpoints", outcome: order }), view: "exit", w: 6 },
      { name: "hurts_loop", query: of({ analysis: "touchpoints", outcome: order }), view: "loop", w: 6 },
      { name: "hurts_standing", query: of({ analysis: "positions", outcome: order }), view: "chart", w: 6 },
      { name: "hurts_ways", query: of({ analysis: "variants", outcome: order, top: 8 }), view: "chart", w: 6 },
    ],
  };
  return plans[ready]();
}

/** Names by which shops call what we look for, the surest first. */
const CALLED: Record<Role, RegExp[]> = {
  look: [/^product_view/, /(product|item|article).*(view|seen|look)/, /view.*(product|item)/, /page_?view|viewed/],
  cart: [/^product_added$|add.*(cart|basket)|(cart|basket).*(add|fill|view)/, /(cart|basket)(?!.*(remind|abandon))/],
  order: [/^order_(completed|placed|paid)/, /purchase|order.*(complet|plac|paid)/, /checkout.*complet|order|sale/],
  again: [/order_repeated|re_?order|order.*(again|repeat)/],
};

/** The events that most likely are meant, of those that the log has, the frequent before the rare. */
export function guessed(events: readonly string[]): Named {
  const found = ROLES.flatMap((role) => {
    const fits = CALLED[role].map((form) => events.find((event) => form.test(event.toLowerCase())));
    const first = fits.find((event) => event !== undefined);
    return first === undefined ? [] : [[role, first] as const];
  });
  const named: Named = Object.fromEntries(found);
  // Where a second order has no name of its own, it is an order.
  return named.again === undefined && named.order !== undefined ? { ...named, again: named.order } : named;
}
