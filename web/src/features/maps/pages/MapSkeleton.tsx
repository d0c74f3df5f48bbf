import { Skeleton } from "@mantine/core";
import styles from "./pages.module.css";

const COLUMNS = Array.from({ length: 7 }, (_, at) => at);

/** A map in grey while the real one is on its way. */
export function MapSkeleton() {
  return (
    <main className={styles.skeleton} aria-busy>
      <Skeleton height={28} width={240} radius={6} />
      <Skeleton height={20} width="60%" radius={6} />
      <div aria-hidden>
        {COLUMNS.map((at) => (
          <Skeleton key={at} height={64} radius={6} />
        ))}
      </div>
      <Skeleton height={180} radius={6} />
      <Skeleton height={120} radius={6} />
    </main>
  );
}
