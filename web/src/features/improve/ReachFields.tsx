import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PatternField } from "../explore/bar/PatternField.tsx";
import styles from "./improve.module.css";
import type { Improvement } from "./queries.ts";

type Reach = Improvement["reach"];
type Who = Reach["who"];

const BEGIN: Record<Who, Reach> = {
  everybody: { who: "everybody" },
  property: { who: "property", name: "", value: "" },
  segment: { who: "segment", rule: "" },
  random: { who: "random", share: 0.5 },
};
const PERCENT = 100;

interface Props {
  reach: Reach;
  onChange: (reach: Reach) => void;
}

/** Whom an improvement reaches; who is not reached is what it is compared with. */
export function ReachFields({ reach, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.group}>
      <legend>{t("improve.reach")}</legend>
      <NativeSelect
        aria-label={t("improve.reach")}
        description={t(`improve.reach_${reach.who}_text`)}
        inputWrapperOrder={["input", "description"]}
        value={reach.who}
        data={(Object.keys(BEGIN) as Who[]).map((who) => ({ value: who, label: t(`improve.reach_${who}`) }))}
        onChange={(event) => onChange(BEGIN[event.currentTarget.value as Who])}
      />
      {reach.who === "property" && (
        <div className={styles.pair}>
          <TextInput
            label={t("improve.property")}
            placeholder="region"
            value={reach.name}
            required
            onChange={(event) => onChange({ ...reach, name: event.currentTarget.value })}
          />
          <TextInput
            label={t("improve.value")}
            placeholder="north"
            value={String(reach.value)}
            required
            onChange={(event) => onChange({ ...reach, value: event.currentTarget.value })}
          />
        </div>
      )}
      {reach.who === "segment" && (
        <PatternField
          label={t("improve.segment")}
          value={typeof reach.rule === "string" ? reach.rule : ""}
          onChange={(rule) => onChange({ ...reach, rule })}
        />
      )}
      {reach.who === "random" && (
        <NumberInput
          label={t("improve.share")}
          value={reach.share * PERCENT}
          min={1}
          max={99}
          onChange={(to) => onChange({ ...reach, share: Math.min(0.99, Math.max(0.01, Number(to) / PERCENT)) })}
        />
      )}
    </fieldset>
  );
}
