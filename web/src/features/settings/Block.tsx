import { type ReactNode, useId } from "react";
import styles from "./settings.module.css";

interface Props {
  title: string;
  text?: string;
  children: ReactNode;
}

/** One thing that can be set: its heading and a sentence at the left, what one does at the right. */
export function Block({ title, text, children }: Props) {
  const id = useId();
  return (
    <section className={styles.block} aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </div>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
