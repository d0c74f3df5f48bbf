import { Autocomplete, Checkbox, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { PatternField } from "../explore/bar/PatternField.tsx";
import { useMay } from "../session/queries.ts";
import { sourcesQuery } from "../sources/queries.ts";
import styles from "./improve.module.css";
import type { Improvement } from "./queries.ts";

type Reach = Improvement["reach"];
type Who = Reach["who"];

const BEGIN: Record<Who, Reach> = {
  everybody: { who: "everybody" },
  property: { who: "property", name: "", value: "", by_lot: false },
  source: { who: "source", name: "", by_lot: false },
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
      {reach.who === "source" && <SourceField reach={reach} onChange={onChange} />}
      {(reach.who === "property" || reach.who === "source") && (
        <Checkbox
          label={t("improve.by_lot")}
          checked={reach.by_lot ?? false}
          onChange={(event) => onChange({ ...reach, by_lot: event.currentTarget.checked })}
        />
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

interface SourceProps {
  reach: Extract<Reach, { who: "source" }>;
  onChange: (reach: Reach) => void;
}

/** The source by its name; those who may see sources choose among them. */
function SourceField({ reach, onChange }: SourceProps) {
  const { t } = useTranslation();
  const { data } = useQuery({ ...sourcesQuery, enabled: useMay("manage_sources") });
  return (
    <Autocomplete
      label={t("improve.source")}
      value={reach.name}
      required
      data={[...new Set((data ?? []).map((one) => one.name))]}
      onChange={(name) => onChange({ ...reach, name })}
    />
  );
}
