import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../boards.module.css";
import { useBoard } from "../context.ts";

/** Another name, and a sentence of what the dashboard is for. */
export function Rename({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { board, change } = useBoard();
  const [name, setName] = useState(board.name);
  const [description, setDescription] = useState(board.description);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    change({ name: name.trim(), description: description.trim() });
    close();
  };
  return (
    <form onSubmit={send} className={styles.form}>
      <TextInput
        data-autofocus
        label={t("boards.name")}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t("boards.about")}
        autosize
        minRows={2}
        value={description}
        maxLength={2000}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === ""}>
        {t("boards.save")}
      </Button>
    </form>
  );
}
