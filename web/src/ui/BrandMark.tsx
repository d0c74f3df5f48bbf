import { useBrand } from "./brand.ts";
import styles from "./ui.module.css";

/** The workspace's logo and name on what leaves it; nothing where it has none of its own. */
export function BrandMark() {
  const { name, logo } = useBrand();
  if (name === "" && logo === null) return null;
  return (
    <span className={styles.brand}>
      {logo !== null && <img src={logo} alt={name === "" ? "" : name} />}
      {name !== "" && <span aria-hidden={logo !== null}>{name}</span>}
    </span>
  );
}
