import { useState } from "react";
import styles from "./live.module.css";

/** A figure that is marked for a moment when it has changed; it takes the same room all the time. */
export function Fresh({ children }: { children: string }) {
  const [seen, setSeen] = useState({ text: children, times: 0 });
  if (seen.text !== children) setSeen({ text: children, times: seen.times + 1 });
  return (
    <span key={seen.times} className={seen.times > 0 ? styles.fresh : undefined} data-fresh={seen.times}>
      {children}
    </span>
  );
}
