import { useLook } from "../look.ts";
import styles from "./shell.module.css";

/** The workspace's own logo; without one the name as a picture: a paved way, and what people walk. */
export function Mark({ size = 28 }: { size?: number }) {
  const { logo } = useLook();
  if (logo !== null)
    return <img src={logo} alt="" className={styles.logo} style={{ maxHeight: size * 1.3 }} />;
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden>
      <path d="M4 22H28" stroke="var(--dl-paved)" strokeWidth="2" fill="none" strokeLinecap="round" />
      <path
        d="M4 22C11 22 11 9 18 9S24 15 28 15"
        stroke="var(--dl-accent)"
        strokeWidth="3.4"
        fill="none"
        strokeLinecap="round"
      />
    </svg>
  );
}
