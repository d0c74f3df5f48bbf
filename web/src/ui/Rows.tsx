import { Skeleton } from "@mantine/core";
import styles from "./ui.module.css";

/** Grey rows of the shape of what comes. */
export function Rows({ n = 5, height = 44 }: { n?: number; height?: number }) {
  return (
    <div className={styles.rows} aria-hidden>
      {Array.from({ length: n }, (_, at) => (
        <Skeleton key={at} height={height} radius={6} />
      ))}
    </div>
  );
}
