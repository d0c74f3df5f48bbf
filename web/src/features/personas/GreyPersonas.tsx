import styles from "./personas.module.css";

/** Three personas in grey: a face, a name, some lines. */
export function GreyPersonas() {
  return (
    <svg viewBox="0 0 330 130" width={330} height={130} className={styles.grey} aria-hidden>
      {[0, 1, 2].map((at) => (
        <g key={at} transform={`translate(${at * 112} 0)`}>
          <rect x={1} y={1} width={104} height={126} rx={6} className={styles.greyCard} />
          <circle cx={28} cy={30} r={14} />
          <rect x={50} y={20} width={42} height={8} rx={4} />
          <rect x={50} y={34} width={30} height={6} rx={3} />
          <rect x={14} y={60} width={76} height={6} rx={3} />
          <rect x={14} y={74} width={60 + at * 8} height={6} rx={3} />
          <rect x={14} y={88} width={68 - at * 10} height={6} rx={3} />
          <rect x={14} y={106} width={76} height={8} rx={4} />
        </g>
      ))}
    </svg>
  );
}
