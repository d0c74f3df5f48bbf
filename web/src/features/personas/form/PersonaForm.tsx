import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import { type ListName, linesOf, LISTS, tidied } from "../document.ts";
import styles from "../personas.module.css";
import type { Persona, PersonaDocument } from "../queries.ts";
import { NumbersField } from "./NumbersField.tsx";
import { PhotoField } from "./PhotoField.tsx";
import { RuleField } from "./RuleField.tsx";
import { VerbatimsField } from "./VerbatimsField.tsx";

interface Props {
  begin: PersonaDocument;
  keep: (document: PersonaDocument) => Promise<Persona>;
  kept: (persona: Persona) => unknown;
  leave: () => void;
}

/** All of a persona as one form; nothing is kept before one says so. */
export function PersonaForm({ begin, keep, kept, leave }: Props) {
  const { t } = useTranslation();
  const [document, setDocument] = useState(begin);
  const change = (part: Partial<PersonaDocument>): void => setDocument((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: () => keep(tidied(document)),
    onSuccess: async (persona) => {
      await kept(persona);
      say(t("personas.kept", { name: persona.name }));
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={styles.form} onSubmit={go}>
      <div className={styles.first}>
        <PhotoField name={document.name} photo={document.photo} onChange={(photo) => change({ photo })} />
        <div className={styles.fields}>
          <TextInput
            label={t("personas.name")}
            description={t("personas.name_text")}
            value={document.name}
            maxLength={200}
            required
            data-autofocus
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Textarea
            label={t("personas.summary")}
            value={document.summary}
            autosize
            minRows={2}
            maxLength={5000}
            onChange={(event) => change({ summary: event.currentTarget.value })}
          />
        </div>
      </div>
      <RuleField rule={document.rule} onChange={(rule) => change({ rule })} />
      <div className={styles.areas}>
        {LISTS.map((name) => (
          <Lines key={name} name={name} begin={document[name] ?? []} onChange={(lines) => change({ [name]: lines })} />
        ))}
      </div>
      <NumbersField numbers={document.numbers ?? []} onChange={(numbers) => change({ numbers })} />
      <VerbatimsField verbatims={document.verbatims ?? []} onChange={(verbatims) => change({ verbatims })} />
      <ProblemNote error={save.error} />
      <div className={styles.buttons}>
        <Button type="submit" loading={save.isPending} disabled={document.name.trim() === ""}>
          {t("personas.keep")}
        </Button>
        <Button variant="default" onClick={leave}>
          {t("personas.leave")}
        </Button>
      </div>
    </form>
  );
}

interface LinesProps {
  name: ListName;
  begin: string[];
  onChange: (lines: string[]) => void;
}

/** A list, one entry a line. */
function Lines({ name, begin, onChange }: LinesProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(begin.join("\n"));
  return (
    <Textarea
      label={t(`personas.${name}`)}
      description={t(`personas.${name}_text`)}
      value={text}
      autosize
      minRows={2}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(linesOf(event.currentTarget.value));
      }}
    />
  );
}
