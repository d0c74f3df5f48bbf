import { useTranslation } from "react-i18next";
import styles from "./improve.module.css";
import { EACH, remedyOf } from "./remedies.ts";

/** What is mostly done about such a finding: thoughts to begin with. Nothing where none is known. */
export function Remedies({ kind }: { kind: string }) {
  const { t } = useTranslation();
  const remedy = remedyOf(kind);
  if (remedy === null) return null;
  return (
    <section className={styles.remedies}>
      <h3>{t("remedies.title")}</h3>
      <ul>
        {EACH.map((n) => (
          <li key={n}>{t(`remedies.${remedy}_${n}`)}</li>
        ))}
      </ul>
      <p className={styles.soft}>{t("remedies.note")}</p>
    </section>
  );
}
