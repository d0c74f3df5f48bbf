import type { Evidence } from "@desireline/map-core";
import { Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EVIDENCE, EvidenceMark } from "../../maps/marks/EvidenceMark.tsx";
import styles from "./cells.module.css";

interface Props {
  value: Evidence;
  onChange: (evidence: Evidence) => void;
}

/** Where the content comes from, with what each answer means. */
export function EvidencePicker({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      size="xs"
      label={t("cells.evidence")}
      description={t(`evidence.${value}_means`)}
      value={value}
      onChange={(said) => onChange(said as Evidence)}
    >
      <div className={styles.evidence}>
        {EVIDENCE.map((one) => (
          <Radio.Card key={one} value={one} className={styles.mark ?? ""} data-tip={t(`evidence.${one}_means`)}>
            <EvidenceMark evidence={one} />
            {t(`evidence.${one}`)}
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
