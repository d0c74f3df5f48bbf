import { type ReactNode, useEffect, useRef } from "react";
import styles from "./ui.module.css";

interface Props {
  /** What the pages are, for who does not see them. */
  label: string;
  /** Links, of which one has `aria-current="page"`. */
  children: ReactNode;
}

/** Links to the pages beside this one. On a narrow screen they scroll, and the current one shows. */
export function PageTabs({ label, children }: Props) {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (!bar.current || !current) return;
    const middle = current.offsetLeft - bar.current.offsetLeft + current.offsetWidth / 2;
    bar.current.scrollLeft = middle - bar.current.clientWidth / 2;
  });
  return (
    <nav ref={bar} className={styles.tabs} aria-label={label}>
      {children}
    </nav>
  );
}
