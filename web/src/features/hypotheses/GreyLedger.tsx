import styles from "./hypotheses.module.css";

/** Claims with their limits, in grey. */
export function GreyLedger() {
  return (
    <svg viewBox="0 0 320 120" width={320} height={120} className={styles.grey} aria-hidden>
      {[0, 1, 2].map((row) => (
        <g key={row} transform={`translate(8 ${8 + row * 40})`}>
          <path d={`M0 4h${160 - row * 30}`} />
          <path d="M0 22h300" data-thin />
          <path d={`M${80 + row * 50} 22h${70 - row * 18}`} />
          <circle cx={112 + row * 42} cy={22} r={4} />
        </g>
      ))}
    </svg>
  );
}
