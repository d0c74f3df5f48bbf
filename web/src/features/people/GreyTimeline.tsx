import styles from "./people.module.css";

const STOPS = [20, 56, 92, 128];

/** A person's way in grey: stops on a line. */
export function GreyTimeline() {
  return (
    <svg viewBox="0 0 320 150" width={320} height={150} className={styles.grey} aria-hidden>
      <path d="M40 20V128" />
      {STOPS.map((y, at) => (
        <g key={y}>
          <circle cx={40} cy={y} r={5} />
          <rect x={60} y={y - 6} width={at % 2 === 0 ? 190 : 130} height={12} rx={4} />
        </g>
      ))}
    </svg>
  );
}
