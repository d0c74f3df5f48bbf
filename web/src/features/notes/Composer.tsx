import { TextInput, UnstyledButton } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActions } from "../editor/draft/use_draft.ts";
import { addNote, type Colour, COLOURS } from "./arranging.ts";
import styles from "./notes.module.css";

export const COMPOSER = "note-composer";

/** One field: what is typed is a note at Enter, and the field is ready for the next. */
export function Composer() {
  const { t } = useTranslation();
  const { edit, now } = useActions();
  const [text, setText] = useState("");
  const [colour, setColour] = useState<Colour>("yellow");
  const field = useRef<HTMLInputElement>(null);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== "" && edit(addNote(now(), text.trim(), colour))) setText("");
    field.current?.focus();
  };
  return (
    <form className={styles.composer} onSubmit={go}>
      <TextInput
        ref={field}
        id={COMPOSER}
        size="md"
        aria-label={t("sticky.new")}
        placeholder={t("sticky.example")}
        value={text}
        autoComplete="off"
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.colours} role="radiogroup" aria-label={t("sticky.colour")}>
        {COLOURS.map((one) => (
          <UnstyledButton
            key={one}
            role="radio"
            aria-checked={one === colour}
            aria-label={t(`sticky.${one}`)}
            data-tip={t(`sticky.${one}`)}
            data-colour={one}
            className={styles.colour ?? ""}
            onClick={() => setColour(one)}
          />
        ))}
      </div>
    </form>
  );
}
