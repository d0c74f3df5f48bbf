import type { ReactNode } from "react";
import type { Behind } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { PersonsDoor } from "../PersonsDoor.tsx";

/** A number is a door to the persons behind it. */
export function Door({ behind, children }: { behind: Behind; children: ReactNode }) {
  const { open } = useExplored();
  return (
    <PersonsDoor className={`${styles.door} num`} open={() => open(behind)} title={behind.title}>
      {children}
    </PersonsDoor>
  );
}
