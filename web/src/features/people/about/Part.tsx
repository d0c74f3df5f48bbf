import { type ReactNode, useId } from "react";
import styles from "../people.module.css";

/** A part of what is known, under its heading. */
export function Part({ name, children }: { name: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      {children}
    </section>
  );
}
