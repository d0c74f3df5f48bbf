import type { Rule } from "@desireline/map-core";
import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import { type Named, useNames } from "./queries.ts";
import styles from "./rules.module.css";

interface Props {
  field: Named;
  leaf: Rule;
  onChange: (leaf: Rule) => void;
}

const TYPING_MS = 120;

/** Picks names that were seen, with how often; a name that was not seen yet can be said, too. */
export function NamesField({ field, leaf, onChange }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [words, setWords] = useState("");
  const [open, setOpen] = useState(false);
  const [asked] = useDebouncedValue(words.trim(), TYPING_MS);
  const found = useNames(field, asked, open);
  const picked = leaf["in"] as string[];
  const seen = new Map((found.data ?? []).map(({ label, events }) => [label, events ?? 0]));
  const typed = words.trim();
  const names = [...new Set([...seen.keys(), ...(typed === "" ? [] : [typed]), ...picked])];
  return (
    <MultiSelect
      size="xs"
      aria-label={t(`rules.pick_${field}`)}
      placeholder={picked.length === 0 ? t(`rules.pick_${field}`) : undefined}
      searchable
      hidePickedOptions
      maxDropdownHeight={280}
      comboboxProps={{ width: 320, position: "bottom-start" }}
      value={picked}
      data={names.map((name) => ({ value: name, label: name === "" ? t("rules.unknown") : name }))}
      filter={({ options }) => options}
      searchValue={words}
      onSearchChange={setWords}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      nothingFoundMessage={found.isPending ? undefined : t("rules.nothing_seen")}
      renderOption={({ option }) => (
        <span className={styles.option}>
          <span>{option.label}</span>
          <small className="num">
            {seen.has(option.value)
              ? t("rules.events_n", {
                  n: formats.count(seen.get(option.value)!),
                  count: seen.get(option.value)!,
                })
              : t("rules.unseen")}
          </small>
        </span>
      )}
      onChange={(next) => {
        onChange({ ...leaf, in: next });
        setWords("");
      }}
    />
  );
}
