import { SegmentedControl, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PatternField } from "../bar/PatternField.tsx";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";

const PERIODS = ["day", "week", "month"] as const;

/** What begins, what counts as coming back, and by which periods one counts. */
export function RetentionFields() {
  const { t } = useTranslation();
  const { view, change } = useExplored();
  return (
    <div className={styles.filters}>
      <PatternField
        label={t("explore.begins")}
        placeholder={t("explore.begins_example")}
        value={view.begins ?? ""}
        onChange={(begins) => change({ begins: begins || undefined })}
      />
      <PatternField
        label={t("explore.back")}
        placeholder={t("explore.back_example")}
        value={view.back ?? ""}
        onChange={(back) => change({ back: back || undefined })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t("explore.period")}
        value={view.period ?? "week"}
        data={PERIODS.map((one) => ({ value: one, label: t(`explore.by_${one}`) }))}
        onChange={(told) =>
          change({ period: told === "day" || told === "month" ? told : undefined })
        }
      />
      <Switch
        size="xs"
        label={t("explore.rolling")}
        checked={view.rolling === true}
        onChange={(event) => change({ rolling: event.currentTarget.checked ? true : undefined })}
      />
    </div>
  );
}
