import { Button, Modal, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import styles from "../boards.module.css";
import { useMakeBoard } from "../queries.ts";

/** A dashboard without tiles: its name is all that it needs. */
export function MakeBoard({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const make = useMakeBoard();
  const [name, setName] = useState("");
  const send = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate(
      { name: name.trim(), description: "", tiles: [] },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: "/dashboards/$number", params: { number: String(id) }, search: {} }),
      },
    );
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("boards.make")}
      closeButtonProps={{ "aria-label": t("boards.close") }}
    >
      <form onSubmit={send} className={styles.form}>
        <TextInput
          data-autofocus
          label={t("boards.name")}
          placeholder={t("boards.name_example")}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ProblemNote error={make.error} />
        <Button type="submit" disabled={name.trim() === ""} loading={make.isPending}>
          {t("boards.make")}
        </Button>
      </form>
    </Modal>
  );
}
