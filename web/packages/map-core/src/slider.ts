/** A step as the slider sees it. */
export interface Walked {
  from: string | null;
  to: string | null;
  count: number;
  /** Journeys that walk this step or a rarer one. */
  hides: number;
}

/** One position of the slider: steps walked `least` times or more are shown. */
export interface SliderStop {
  least: number;
  shown: number; // steps that stay
  hidden: number; // journeys that walk a rarer step
}

/** All positions, from "show everything" to "only the most frequent step". */
export function stopsOf(flow: Walked[]): SliderStop[] {
  const sorted = flow.toSorted((a, b) => a.count - b.count);
  const stops: SliderStop[] = [];
  let hidden = 0;
  let at = 0;
  while (at < sorted.length) {
    const least = sorted[at]!.count;
    stops.push({ least, shown: sorted.length - at, hidden });
    for (; at < sorted.length && sorted[at]!.count === least; at += 1) hidden = sorted[at]!.hides;
  }
  return stops;
}

/** Steps that are shown when rarer ones than `least` are hidden. */
export function shownFlow<T extends Walked>(flow: T[], least: number): T[] {
  return flow.filter((edge) => edge.count >= least);
}

/** The first position with at most `most` steps between touchpoints: calm, yet honest about it. */
export function calmStop(flow: Walked[], stops: SliderStop[], most: number): number {
  const between = flow.filter((e) => e.from !== null && e.to !== null);
  const at = stops.findIndex((s) => between.filter((e) => e.count >= s.least).length <= most);
  return at === -1 ? 0 : at;
}

/** The position that shows what `least` shows. */
export function stopAt(stops: SliderStop[], least: number): number {
  const at = stops.findIndex((stop) => stop.least >= least);
  return at === -1 ? Math.max(0, stops.length - 1) : at;
}
