import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import styles from "./cases.module.css";
import type { Removed } from "./queries.ts";

const KINDS = ["identifiers", "dates", "amounts", "texts", "properties", "outside", "cut"] as const;

/** Exactly what is not in the case study, or stands there only roughly. */
export function LeftOut({ removed }: { removed: Removed }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const told = KINDS.filter((kind) => removed[kind] > 0);
  return (
    <section className={styles.removed} aria-labelledby="removed">
      <h2 id="removed">{t("cases.removed")}</h2>
      <ul className="num">
        <li>{t("cases.always")}</li>
        {told.map((kind) => (
          <li key={kind}>{t(`cases.${kind}`, { n: formats.count(removed[kind]), count: removed[kind] })}</li>
        ))}
      </ul>
    </section>
  );
}
