import type { ReactNode } from "react";
import { useTitle } from "../app/look.ts";
import styles from "./ui.module.css";

interface Props {
  title: string;
  /** A sentence about the page. */
  lead?: string;
  /** What one can do here. */
  actions?: ReactNode;
  /** It may be as wide as the window. */
  wide?: boolean;
  children: ReactNode;
}

/** A page beside the rail: its heading, what one can do, and what it shows. */
export function Page({ title, lead, actions, wide = false, children }: Props) {
  useTitle(title);
  return (
    <main className={styles.page} data-wide={wide || undefined}>
      <header className={styles.head}>
        <div>
          <h1>{title}</h1>
          {lead !== undefined && <p>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  );
}
