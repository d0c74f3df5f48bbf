import { NativeSelect, NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./improve.module.css";
import type { Improvement } from "./queries.ts";

type Measure = Improvement["measure"];
type Counts = NonNullable<Measure["counts"]>;

const COUNTS: readonly Counts[] = ["rate", "value", "each", "time"];
const SIDES = ["more", "less"] as const;

interface Props {
  measure: Measure;
  onChange: (measure: Measure) => void;
}

/** What is counted of whoever comes, which way is better, and what one visit counts for at most. */
export function CountsFields({ measure, onChange }: Props) {
  const { t } = useTranslation();
  const counts = measure.counts ?? "rate";
  const isValue = counts === "value" || counts === "each";
  const choose = (to: Counts): void =>
    onChange({
      ...measure,
      counts: to,
      good: to === "time" ? "less" : "more",
      at_most: to === "value" || to === "each" ? (measure.at_most ?? null) : null,
    });
  return (
    <div className={styles.pair}>
      <NativeSelect
        label={t("improve.counts")}
        value={counts}
        data={COUNTS.map((one) => ({ value: one, label: t(`improve.counts_${one}`) }))}
        onChange={(event) => choose(event.currentTarget.value as Counts)}
      />
      <NativeSelect
        label={t("improve.good")}
        value={measure.good ?? "more"}
        data={SIDES.map((one) => ({ value: one, label: t(`improve.good_${one}`) }))}
        onChange={(event) => onChange({ ...measure, good: event.currentTarget.value as "more" | "less" })}
      />
      {isValue && (
        <NumberInput
          label={t("improve.at_most")}
          placeholder={t("improve.at_most_none")}
          value={measure.at_most ?? ""}
          min={0.01}
          onChange={(to) => onChange({ ...measure, at_most: Number(to) || null })}
        />
      )}
    </div>
  );
}
