import { patternText, type Rule, ruleInWords } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import styles from "./rules.module.css";

/** A rule in words; a path as the pattern that says it. */
export function RuleWords({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  if (rule.type === "any" && (rule["rules"] as Rule[]).length === 0)
    return <p className={styles.words}>{t("rules.no_event")}</p>;
  if (rule.type === "pattern")
    return (
      <p className={styles.words}>
        {t("rules.path_ends")} <code>{patternText(rule)}</code>
      </p>
    );
  const words = ruleInWords(rule, (key, values) => t(key, values ?? {}));
  return (
    <p className={styles.words}>
      {words === null ? t("rules.only_code") : t("rules.counts_when", { words })}
    </p>
  );
}
