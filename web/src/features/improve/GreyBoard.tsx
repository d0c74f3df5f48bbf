import styles from "./improve.module.css";

const CARDS = [3, 2, 2, 1, 1, 1];

/** A board with cards, in grey. */
export function GreyBoard() {
  return (
    <svg viewBox="0 0 366 128" width={366} height={128} className={styles.grey} aria-hidden>
      {CARDS.map((cards, column) => (
        // oxlint-disable-next-line react/no-array-index-key -- the columns stay
        <g key={column} transform={`translate(${4 + column * 60} 4)`}>
          <path d="M2 6h30" />
          {Array.from({ length: cards }, (_, card) => (
            <rect key={card} y={16 + card * 36} width={54} height={30} rx={4} />
          ))}
        </g>
      ))}
    </svg>
  );
}
