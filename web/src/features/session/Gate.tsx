import type { ReactNode } from "react";
import { OWN_NAME, useLook, useTitle } from "../../app/look.ts";
import { Mark } from "../../app/shell/Mark.tsx";
import styles from "./session.module.css";

interface Props {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** A page before one is in: the mark, a heading, one form. */
export function Gate({ title, lead, children }: Props) {
  useTitle(title);
  const { name } = useLook();
  return (
    <main className={styles.gate}>
      <div className={styles.inner}>
        <Mark size={44} />
        {name !== OWN_NAME && <p className={styles.name}>{name}</p>}
        <h1>{title}</h1>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        {children}
      </div>
    </main>
  );
}
