import { useTranslation } from "react-i18next";
import { PatternField } from "../bar/PatternField.tsx";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";

/** The event around which one looks. */
export function AnchorField() {
  const { t } = useTranslation();
  const { view, change } = useExplored();
  return (
    <div className={styles.one}>
      <PatternField
        label={t("explore.anchor")}
        placeholder={t("explore.anchor_example")}
        value={view.anchor ?? ""}
        onChange={(anchor) => change({ anchor: anchor || undefined })}
      />
    </div>
  );
}
