import { useTranslation } from "react-i18next";
import { PatternField } from "../bar/PatternField.tsx";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";

/** What counts as success. */
export function OutcomeField() {
  const { t } = useTranslation();
  const { view, change } = useExplored();
  return (
    <div className={styles.one}>
      <PatternField
        label={t("explore.outcome")}
        placeholder={t("explore.outcome_example")}
        value={view.outcome ?? ""}
        onChange={(outcome) => change({ outcome: outcome || undefined })}
      />
    </div>
  );
}
