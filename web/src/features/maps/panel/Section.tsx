import type { ReactNode } from "react";
import type { Door } from "../state/map_context.ts";
import styles from "./panel.module.css";

/** A part of the panel; a number that leads here puts the focus on its heading. */
export function Section({
  name,
  door,
  note,
  children,
}: {
  name: string;
  door?: Door;
  note?: string;
  children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <h3 data-door={door} tabIndex={door === undefined ? undefined : -1}>
        {name}
        {note && <span className="num">{note}</span>}
      </h3>
      {children}
    </section>
  );
}
