import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "../personas.module.css";
import type { PersonaDocument } from "../queries.ts";

type Numbers = NonNullable<PersonaDocument["numbers"]>;

interface Props {
  numbers: Numbers;
  onChange: (numbers: Numbers) => void;
}

/** Figures that somebody gives for the persona, each with where it is from. */
export function NumbersField({ numbers, onChange }: Props) {
  const { t } = useTranslation();
  const set = (at: number, part: Partial<Numbers[number]>): void =>
    onChange(numbers.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <fieldset className={styles.rows}>
      <legend>{t("personas.numbers")}</legend>
      {numbers.map((one, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row is its place
        <div key={at} className={styles.row}>
          <TextInput
            aria-label={t("personas.number_name", { n: at + 1 })}
            placeholder={t("personas.number_name_example")}
            value={one.name}
            maxLength={200}
            onChange={(event) => set(at, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t("personas.number_value", { n: at + 1 })}
            placeholder={t("personas.number_value_example")}
            value={one.value}
            maxLength={200}
            onChange={(event) => set(at, { value: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t("personas.number_source", { n: at + 1 })}
            placeholder={t("personas.source_example")}
            value={one.source}
            maxLength={500}
            onChange={(event) => set(at, { source: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            aria-label={t("personas.number_drop", { n: at + 1 })}
            onClick={() => onChange(numbers.filter((_, place) => place !== at))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => onChange([...numbers, { name: "", value: "", source: "" }])}
      >
        {t("personas.number_add")}
      </Button>
    </fieldset>
  );
}
