import type { Rule } from "@desireline/map-core";
import { Autocomplete, NativeSelect, TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import { typedValue } from "./form.ts";
import { usePropertiesOf, useValues } from "./queries.ts";
import styles from "./rules.module.css";

interface Props {
  leaf: Rule;
  events: string[];
  onChange: (leaf: Rule) => void;
}

const OPERATORS = ["eq", "ne", "in", "contains", "gt", "ge", "lt", "le", "exists"] as const;
const TYPING_MS = 150;

/** A property that the events were seen with, and what has to stand in it. */
export function PropertyFields({ leaf, events, onChange }: Props) {
  const { t } = useTranslation();
  const properties = usePropertiesOf(events);
  const name = String(leaf["name"]);
  const operator = String(leaf["op"]);
  const turn = (op: string): void => {
    const kept = leaf["value"] ?? "";
    const first = Array.isArray(kept) ? (kept[0] ?? "") : kept;
    if (op === "exists") onChange({ type: "property", name, op });
    else if (op === "in") onChange({ type: "property", name, op, value: first === "" ? [] : [first] });
    else onChange({ type: "property", name, op, value: first });
  };
  return (
    <>
      <div className={styles.comparison}>
        <Autocomplete
          size="xs"
          aria-label={t("rules.property")}
          placeholder={t("rules.property")}
          value={name}
          data={properties.map((property) => property.name)}
          onChange={(next) => onChange({ ...leaf, name: next })}
        />
        <NativeSelect
          size="xs"
          aria-label={t("rules.operator")}
          value={operator}
          data={OPERATORS.map((op) => ({ value: op, label: t(`rules.op_${op}`) }))}
          onChange={(event) => turn(event.currentTarget.value)}
        />
      </div>
      {operator !== "exists" && <ValueField key={operator} leaf={leaf} onChange={onChange} />}
    </>
  );
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? "" : String(value);

/** The value, or several, with those that were seen. */
function ValueField({ leaf, onChange }: Omit<Props, "events">) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const several = leaf["op"] === "in";
  const [words, setWords] = useState(several ? "" : shown(leaf["value"]));
  const [asked] = useDebouncedValue(words, TYPING_MS);
  const [name] = useDebouncedValue(String(leaf["name"]), TYPING_MS);
  const { data } = useValues(name, asked, open);
  const counts = new Map((data ?? []).map((one) => [one.label, one.events ?? 0]));
  const common = {
    size: "xs",
    "aria-label": t("rules.value"),
    placeholder: t("rules.value"),
    data: [...counts.keys()],
    maxDropdownHeight: 240,
    filter: ({ options }: { options: unknown[] }) => options as never,
    onDropdownOpen: () => setOpen(true),
    renderOption: ({ option }: { option: { value: string } }) => (
      <span className={styles.option}>
        <span>{option.value}</span>
        <small className="num">{formats.count(counts.get(option.value) ?? 0)}</small>
      </span>
    ),
  } as const;
  if (several)
    return (
      <TagsInput
        {...common}
        value={((leaf["value"] as unknown[]) ?? []).map(shown)}
        searchValue={words}
        onSearchChange={setWords}
        onChange={(values) => onChange({ ...leaf, value: values.map(typedValue) })}
      />
    );
  return (
    <Autocomplete
      {...common}
      value={shown(leaf["value"])}
      onChange={(text) => {
        setWords(text);
        // Text within text is text, even where it reads as a number.
        onChange({ ...leaf, value: leaf["op"] === "contains" ? text : typedValue(text) });
      }}
    />
  );
}
