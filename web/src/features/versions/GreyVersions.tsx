import styles from "./versions.module.css";

/** Two states beside each other, in grey. */
export function GreyVersions() {
  return (
    <svg viewBox="0 0 320 120" width="320" height="120" className={styles.grey} aria-hidden>
      {[0, 1, 2].map((row) => (
        <g key={row}>
          <rect x={10} y={10 + row * 36} width={130} height={26} rx={4} />
          {row !== 1 && <rect x={180} y={10 + row * 36} width={130} height={26} rx={4} />}
          {row === 1 && <rect x={180} y={46} width={130} height={26} rx={4} data-new="true" />}
          <path d={`M146 ${23 + row * 36}H174`} />
        </g>
      ))}
    </svg>
  );
}
