import { Button, Modal, SegmentedControl, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { say } from "../../ui/say.tsx";
import styles from "./frontline.module.css";
import { PlaceFields } from "./PlaceFields.tsx";
import { type Nomination, takeUp } from "./queries.ts";

interface Props {
  nomination: Nomination;
  opened: boolean;
  close: () => void;
}

const STRENGTHS = [1, 2, 3, 4, 5].map(String);

/** Puts the pain point on the draft of a map, at a touchpoint. */
export function TakeUpDialog({ nomination, opened, close }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const id = useId();
  const [place, setPlace] = useState({ map: nomination.map ?? "", touchpoint: nomination.touchpoint });
  const [text, setText] = useState(nomination.text);
  const [answer, setAnswer] = useState("");
  const [strength, setStrength] = useState("3");
  const send = useMutation({
    mutationFn: () =>
      takeUp(nomination.id, {
        ...place,
        text: text.trim(),
        answer: answer.trim(),
        strength: Number(strength),
        lane_name: t("frontline.pain"),
      }),
    onSuccess: async () => {
      close();
      say(t("frontline.taken_said"));
      await Promise.all([
        client.invalidateQueries({ queryKey: ["nominations"] }),
        client.invalidateQueries({ queryKey: ["maps"] }),
      ]);
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
      title={t("frontline.take_title")}
      closeButtonProps={{ "aria-label": t("frontline.close") }}
    >
      <form className={styles.form} onSubmit={go}>
        <PlaceFields {...place} onChange={setPlace} required />
        <Textarea
          label={t("frontline.words")}
          value={text}
          autosize
          minRows={2}
          maxLength={5000}
          required
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div>
          <p id={id} className={styles.label}>
            {t("frontline.strength")}
          </p>
          <SegmentedControl
            aria-labelledby={id}
            size="xs"
            value={strength}
            data={STRENGTHS}
            onChange={setStrength}
          />
        </div>
        <Textarea
          label={t("frontline.answer")}
          description={t("frontline.reason_text")}
          value={answer}
          autosize
          maxLength={5000}
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
        <ProblemNote error={send.error} />
        <div>
          <Button
            type="submit"
            loading={send.isPending}
            disabled={place.touchpoint === "" || text.trim() === ""}
          >
            {t("frontline.take")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
