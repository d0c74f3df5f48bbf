import { initials } from "./document.ts";
import styles from "./personas.module.css";

/** The photo of a persona; the letters of the name where there is none. */
export function Photo({ name, photo, size = 56 }: { name: string; photo?: string | undefined; size?: number }) {
  const style = { width: size, height: size, fontSize: size / 2.8 };
  if (photo) return <img src={photo} alt="" className={styles.photo} style={style} />;
  return (
    <span className={styles.photo} style={style} aria-hidden>
      {initials(name)}
    </span>
  );
}
