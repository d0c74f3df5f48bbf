import { CloseButton, Input, Slider } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import styles from "./cells.module.css";

interface Props {
  value: number | null;
  onChange: (value: number | null) => void;
}

const STEP = 0.5;

/** How somebody feels, from -2 to 2: a point that is dragged, or moved by the arrow keys. */
export function EmotionField({ value, onChange }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const id = useId();
  return (
    <Input.Wrapper size="xs" label={t("cells.emotion")} labelElement="div" labelProps={{ id }}>
      <div className={styles.emotion}>
        <Slider
          size="sm"
          min={-2}
          max={2}
          step={STEP}
          thumbLabel={t("cells.emotion")}
          value={value ?? 0}
          label={(at) => formats.signed(at)}
          marks={[-2, -1, 0, 1, 2].map((at) => ({ value: at, label: formats.signed(at) }))}
          onChange={onChange}
        />
        {value === null ? (
          <small>{t("cells.unsaid")}</small>
        ) : (
          <CloseButton
            size="sm"
            aria-label={t("cells.unsay", { name: t("cells.emotion") })}
            onClick={() => onChange(null)}
          />
        )}
      </div>
    </Input.Wrapper>
  );
}
