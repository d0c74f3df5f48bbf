import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import styles from "../people.module.css";

export type Way = "erase" | "anonymise";

interface Props {
  person: string;
  name: string;
  way: Way | null;
  onClose: () => void;
}

/** Asks once more before what cannot be undone: whoever does it writes whom it is about. */
export function EraseDialog({ person, name, way, onClose }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [written, setWritten] = useState("");
  const navigate = useNavigate();
  const client = useQueryClient();
  const path = { params: { path: { person } } };
  const done = useMutation({
    mutationFn: () =>
      told(
        way === "erase"
          ? api.POST("/v1/persons/{person}/erase", path)
          : api.POST("/v1/persons/{person}/anonymise", path),
      ),
    onSuccess: async (gone) => {
      say(t(`people.done_${way ?? "erase"}`, { n: formats.count(gone.events), count: gone.events }));
      await navigate({ to: "/people" });
      client.removeQueries({ queryKey: ["people"] });
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    done.mutate();
  };
  return (
    <Modal opened={way !== null} onClose={onClose} centered title={t(`people.${way ?? "erase"}`)}>
      <form onSubmit={go} className={styles.form}>
        <p>{t(`people.${way ?? "erase"}_text`)}</p>
        <TextInput
          label={t("people.write_name", { name })}
          value={written}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <ProblemNote error={done.error} />
        <Button
          type="submit"
          color="var(--dl-harm)"
          loading={done.isPending}
          disabled={written.trim() !== name}
        >
          {t(`people.${way ?? "erase"}`)}
        </Button>
      </form>
    </Modal>
  );
}
