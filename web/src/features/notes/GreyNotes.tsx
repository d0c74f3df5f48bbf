import styles from "./notes.module.css";

const PLACES: [number, number][] = [
  [4, 8],
  [4, 70],
  [108, 24],
  [212, 8],
  [212, 70],
];

/** Notes on a board, in grey. */
export function GreyNotes() {
  return (
    <svg viewBox="0 0 310 130" width={310} height={130} className={styles.grey} aria-hidden>
      {PLACES.map(([x, y]) => (
        <g key={`${x} ${y}`} transform={`translate(${x} ${y})`}>
          <rect width={90} height={52} rx={4} />
          <path d="M12 18h60M12 30h44" />
        </g>
      ))}
    </svg>
  );
}
