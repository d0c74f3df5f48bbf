import { ActionIcon, Button, Switch, Textarea, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../session/queries.ts";
import styles from "../personas.module.css";
import type { PersonaDocument } from "../queries.ts";
import { QuotePicker } from "./QuotePicker.tsx";

type Verbatims = NonNullable<PersonaDocument["verbatims"]>;

interface Props {
  verbatims: Verbatims;
  onChange: (verbatims: Verbatims) => void;
}

/** What such people said, and where: typed, or picked from a person's timeline. */
export function VerbatimsField({ verbatims, onChange }: Props) {
  const { t } = useTranslation();
  const [picking, setPicking] = useState(false);
  const may = useMay("read_persons");
  const set = (at: number, part: Partial<Verbatims[number]>): void =>
    onChange(verbatims.map((one, place) => (place === at ? { ...one, ...part } : one)));
  const add = (one: Partial<Verbatims[number]>): void =>
    onChange([...verbatims, { text: "", source: "", said_at: "", language: "", internal: false, ...one }]);
  return (
    <fieldset className={styles.rows}>
      <legend>{t("personas.verbatims")}</legend>
      {verbatims.map((one, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row is its place
        <div key={at} className={styles.quoteRow}>
          <Textarea
            aria-label={t("personas.quote", { n: at + 1 })}
            placeholder={t("personas.quote_example")}
            value={one.text}
            autosize
            minRows={1}
            maxLength={2000}
            onChange={(event) => set(at, { text: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t("personas.quote_source", { n: at + 1 })}
            placeholder={t("personas.source_example")}
            value={one.source}
            maxLength={500}
            onChange={(event) => set(at, { source: event.currentTarget.value })}
          />
          <Switch
            size="xs"
            label={t("personas.internal")}
            checked={one.internal ?? false}
            onChange={(event) => set(at, { internal: event.currentTarget.checked })}
          />
          <ActionIcon
            variant="subtle"
            aria-label={t("personas.quote_drop", { n: at + 1 })}
            onClick={() => onChange(verbatims.filter((_, place) => place !== at))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div className={styles.buttons}>
        <Button size="compact-sm" variant="default" onClick={() => add({})}>
          {t("personas.quote_add")}
        </Button>
        {may && (
          <Button size="compact-sm" variant="default" onClick={() => setPicking(true)}>
            {t("personas.quote_pick")}
          </Button>
        )}
      </div>
      <QuotePicker opened={picking} close={() => setPicking(false)} pick={add} />
    </fieldset>
  );
}
