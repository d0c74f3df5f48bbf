import styles from "./GreyMap.module.css";

const PLACES = [60, 180, 300, 420, 540];

/** The finished thing in grey: a paved way, and what people will walk. */
export function GreyMap() {
  return (
    <svg viewBox="0 0 600 180" className={styles.picture} aria-hidden>
      {PLACES.map((x) => (
        <rect key={x} x={x - 52} y={10} width={104} height={22} rx={4} className={styles.band} />
      ))}
      <path d="M60 100H540" className={styles.paved} />
      <path d="M60 96C120 96 120 60 180 60H300C360 60 360 96 420 96H540" className={styles.walked} />
      <path
        d="M300 104C350 104 350 140 300 140H190C140 140 140 104 180 104"
        className={styles.walkedThin}
      />
      <path d="M420 106C446 106 450 118 450 160" className={styles.walkedThin} />
      {PLACES.map((x) => (
        <rect key={x} x={x - 3} y={82} width={6} height={36} rx={2} className={styles.node} />
      ))}
    </svg>
  );
}
