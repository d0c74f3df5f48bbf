import type { ReactNode } from "react";
import styles from "./panel.module.css";

/** A part of the panel with its heading. */
export function Part({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={name}>
      <h3>
        {name}
        {note !== undefined && <span className="num">{note}</span>}
      </h3>
      {children}
    </section>
  );
}
