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

/** The end of the axis that all pains share. */
export const reachOf = (pains: Pain[]): number =>
  Math.max(0.01, ...pains.flatMap((one) => worseBy(one)?.map(Math.abs) ?? []));

export const quotesOf = (all: Quotes[], pain: Pain): Quotes["quotes"] =>
  all.find((one) => one.signal === pain.signal && one.touchpoint === pain.touchpoint)?.quotes ?? [];
