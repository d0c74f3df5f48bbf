import styles from "./ui.module.css";

interface Props {
  value: number;
  low: number;
  high: number;
  /** What the ends of the axis stand for; 0 is in the middle. */
  reach: number;
  /** Known to lie above or below 0. */
  side?: "above" | "below" | undefined;
}

/** A difference with its interval on an axis about 0. The words beside it say the same. */
export function Interval({ value, low, high, reach, side }: Props) {
  const at = (x: number): string => `${50 + (Math.max(-1, Math.min(1, x / reach)) * 100) / 2}%`;
  return (
    <span className={styles.interval} data-side={side} aria-hidden>
      <i className={styles.zero} />
      <i className={styles.range} style={{ left: at(low), width: `calc(${at(high)} - ${at(low)})` }} />
      <i className={styles.dot} style={{ left: at(value) }} />
    </span>
  );
}
