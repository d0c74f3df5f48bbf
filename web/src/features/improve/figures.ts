import type { Formats } from "@desireline/map-core";
import type { Improvement } from "./queries.ts";

type Counts = NonNullable<Improvement["measure"]["counts"]>;

/** A figure of what is counted: a share, an amount, a time. */
export function figure(formats: Formats, counts: Counts, value: number | null): string {
  if (value === null) return "–";
  if (counts === "rate") return formats.share(value);
  return counts === "time" ? formats.duration(value) : formats.number(value);
}

/** A difference of such figures, with its sign; of shares in points. */
export function change(formats: Formats, counts: Counts, value: number): string {
  if (counts === "rate") return formats.signed(value * 100);
  if (counts === "time") return `${value < 0 ? "−" : "+"}${formats.duration(Math.abs(value))}`;
  return formats.signed(value);
}
