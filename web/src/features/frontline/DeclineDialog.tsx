import { Button, Modal, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import styles from "./frontline.module.css";
import { answerIt, type Nomination } from "./queries.ts";

interface Props {
  nomination: Nomination;
  opened: boolean;
  close: () => void;
  declined: () => void;
}

/** Says no, and why: whoever nominated it reads the reason. */
export function DeclineDialog({ nomination, opened, close, declined }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const send = useMutation({
    mutationFn: () => answerIt(nomination.id, { status: "declined", answer: reason.trim() }),
    onSuccess: async () => {
      close();
      declined();
      await client.invalidateQueries({ queryKey: ["nominations"] });
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("frontline.decline")}
      closeButtonProps={{ "aria-label": t("frontline.close") }}
    >
      <form className={styles.form} onSubmit={go}>
        <p className={styles.soft}>{nomination.text}</p>
        <Textarea
          label={t("frontline.reason")}
          description={t("frontline.reason_text")}
          value={reason}
          autosize
          minRows={2}
          maxLength={5000}
          required
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemNote error={send.error} />
        <div>
          <Button type="submit" loading={send.isPending} disabled={reason.trim() === ""}>
            {t("frontline.decline")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
