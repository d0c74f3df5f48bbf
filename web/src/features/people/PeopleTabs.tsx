import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import styles from "./people.module.css";

/** People one by one, and the types that they are described as. */
export function PeopleTabs() {
  const { t } = useTranslation();
  const current = { "aria-current": "page" } as const;
  return (
    <nav className={styles.tabs} aria-label={t("people.views")}>
      <Link to="/people" search={{}} activeOptions={{ exact: true, includeSearch: false }} activeProps={current}>
        {t("people.persons")}
      </Link>
      <Link to="/personas" search={{}} activeOptions={{ includeSearch: false }} activeProps={current}>
        {t("people.personas")}
      </Link>
    </nav>
  );
}
