import { NativeSelect, NumberInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./panel.module.css";
import { type Unit, UNITS, waitOf } from "./waits.ts";

interface Props {
  label: string;
  seconds: number | null;
  onChange: (seconds: number | null) => void;
}

/** A time as a number and its unit: 7 days. */
export function WaitField({ label, seconds, onChange }: Props) {
  const { t } = useTranslation();
  const told = seconds === null ? null : waitOf(seconds);
  const [unit, setUnit] = useState<Unit>(told?.unit ?? "day");
  const [known, setKnown] = useState(seconds);
  if (seconds !== known) {
    setKnown(seconds);
    // The unit stays as it was chosen while it can tell the time whole.
    if (told !== null && (seconds! / UNITS[unit]) % 1 !== 0) setUnit(told.unit);
  }
  const n = seconds === null ? "" : seconds / UNITS[unit];
  return (
    <div className={styles.wait}>
      <NumberInput
        size="xs"
        label={label}
        placeholder={t("fields.any_time")}
        min={0}
        max={100_000}
        hideControls
        value={n}
        onChange={(value) => onChange(value === "" ? null : Number(value) * UNITS[unit])}
      />
      <NativeSelect
        size="xs"
        aria-label={t("fields.unit_of", { name: label })}
        value={unit}
        data={(Object.keys(UNITS) as Unit[]).map((one) => ({
          value: one,
          label: t(`fields.unit_${one}`),
        }))}
        onChange={(event) => {
          const next = event.currentTarget.value as Unit;
          setUnit(next);
          if (n !== "") onChange(n * UNITS[next]);
        }}
      />
    </div>
  );
}
