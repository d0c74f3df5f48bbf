import type { ReactNode } from "react";
import styles from "./ui.module.css";

interface Props {
  title: string;
  text: string;
  /** The finished thing in grey. */
  picture?: ReactNode;
  /** It is all that the page says. */
  page?: boolean;
  /** One way on. */
  children?: ReactNode;
}

/** What stands where nothing is yet: the finished thing in grey, a sentence, a way on. */
export function Empty({ title, text, picture, page = false, children }: Props) {
  return (
    <div className={styles.empty}>
      {picture}
      {page ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p>{text}</p>
      {children}
    </div>
  );
}
