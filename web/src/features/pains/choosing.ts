import type { Pain, Quotes } from "./queries.ts";

export const narrowed = (
  pains: Pain[],
  signal: Pain["signal"] | null,
  department: string | null,
): Pain[] =>
  pains.filter(
    (one) =>
      (signal === null || one.signal === signal) &&
      (department === null || one.department === department),
  );

export const signalsOf = (pains: Pain[]): Pain["signal"][] => [
  ...new Set(pains.map((one) => one.signal)),
];

export const departmentsOf = (pains: Pain[]): string[] =>
  [...new Set(pains.flatMap((one) => one.department ?? []))].toSorted();

/** How far a pain pulls: an exit is more that leaves, all else is less that ends well. */
export const worseBy = ({ signal, aim, effect }: Pain): [number, number, number] | null => {
  if (effect === null) return null;
  const { difference, low, high } = effect;
  return signal === "exit" || aim === null ? [difference, low, high] : [-difference, -high, -low];
};

/** What a pain costs, as far as its effect is known. */
type Loss = Pick<Pain, "harm"> & {
  effect: { difference: number; low: number; high: number } | null;
};

/**
 * What a pain costs, in no more digits than are known: rounded to the first digit of half the
 * interval's width (Guide to the Expression of Uncertainty in Measurement, 7.2.6), at least to one.
 */
export function lostIn({ harm, effect }: Loss): number {
  if (effect === null || effect.difference === 0 || harm === 0) return harm;
  const error = Math.abs((harm * (effect.high - effect.low)) / 2 / effect.difference);
  const [last, first] = [error, Math.abs(harm)].map((n) => Math.floor(Math.log10(n)));
  const place = Math.max(0, Math.min(last!, first!));
  return Math.round(harm / 10 ** place) * 10 ** place;
}

/** The end of the axis that all pains share. */
export const reachOf = (pains: Pain[]): number =>
  Math.max(0.01, ...pains.flatMap((one) => worseBy(one)?.map(Math.abs) ?? []));

export const quotesOf = (all: Quotes[], pain: Pain): Quotes["quotes"] =>
  all.find((one) => one.signal === pain.signal && one.touchpoint === pain.touchpoint)?.quotes ?? [];
