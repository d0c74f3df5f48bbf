import { useTranslation } from "react-i18next";
import { PatternField } from "../../explore/bar/PatternField.tsx";
import { PeriodField } from "../../explore/bar/PeriodField.tsx";
import styles from "../boards.module.css";
import type { Whole } from "../whole.ts";

interface Props {
  whole: Whole;
  change: (said: { [K in keyof Whole]?: Whole[K] | undefined }) => void;
}

/** The period and the segment of the whole dashboard. */
export function BoardBar({ whole, change }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.bar} role="search" aria-label={t("boards.whole")}>
      <PeriodField period={whole} change={change} />
      <div className={styles.segment}>
        <PatternField
          label={t("explore.segment")}
          placeholder={t("explore.segment_example")}
          value={whole.segment ?? ""}
          onChange={(text) => change({ segment: text || undefined })}
        />
      </div>
    </div>
  );
}
