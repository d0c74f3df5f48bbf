import { CloseButton, Input, SegmentedControl } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./cells.module.css";

interface Props {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

const SCORES = ["1", "2", "3", "4", "5"];

/** From 1, little, to 5, much; or not said. */
export function ScoreField({ label, value, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Input.Wrapper size="xs" label={label} labelElement="div" labelProps={{ id }}>
      <div className={styles.score}>
        <SegmentedControl
          size="xs"
          aria-labelledby={id}
          value={value === null ? "" : String(value)}
          data={SCORES}
          onChange={(said) => onChange(Number(said))}
        />
        <span aria-hidden>{t("cells.little_much")}</span>
        {value !== null && (
          <CloseButton size="sm" aria-label={t("cells.unsay", { name: label })} onClick={() => onChange(null)} />
        )}
      </div>
    </Input.Wrapper>
  );
}
