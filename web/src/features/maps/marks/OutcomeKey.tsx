import { useTranslation } from "react-i18next";
import styles from "./marks.module.css";

/** The two colours of a ribbon, named. */
export function OutcomeKey() {
  const { t } = useTranslation();
  return (
    <ul className={styles.key}>
      <li>
        <i className={styles.with} />
        {t("outcome.with")}
      </li>
      <li>
        <i className={styles.without} />
        {t("outcome.without")}
      </li>
    </ul>
  );
}
