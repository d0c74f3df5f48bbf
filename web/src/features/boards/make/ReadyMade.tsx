import { Button, Modal } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { useEventNames } from "../../explore/asking.ts";
import { PatternField } from "../../explore/bar/PatternField.tsx";
import styles from "../boards.module.css";
import { GreyBoard } from "./GreyBoard.tsx";
import { guessed, NEEDS, type Named, READY, type Ready } from "./ready_made.ts";
import { useMakeReady } from "./use_make_ready.ts";

/** Dashboards to begin from: each says what it answers, and asks which events are meant. */
export function ReadyMade({ isEmpty }: { isEmpty: boolean }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Ready | null>(null);
  return (
    <section className={styles.ready} aria-labelledby="ready-made">
      <h2 id="ready-made">{t(isEmpty ? "boards.ready_first" : "boards.ready_more")}</h2>
      <ul>
        {READY.map((ready) => (
          <li key={ready}>
            <GreyBoard ready={ready} />
            <h3>{t(`boards.ready_${ready}`)}</h3>
            <p>{t(`boards.ready_${ready}_text`)}</p>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t("boards.ready_use", { name: t(`boards.ready_${ready}`) })}
              onClick={() => setChosen(ready)}
            >
              {t("boards.ready_begin")}
            </Button>
          </li>
        ))}
      </ul>
      <Modal
        opened={chosen !== null}
        onClose={() => setChosen(null)}
        title={chosen === null ? "" : t(`boards.ready_${chosen}`)}
        closeButtonProps={{ "aria-label": t("boards.close") }}
      >
        {chosen !== null && <NameEvents key={chosen} ready={chosen} />}
      </Modal>
    </section>
  );
}

function NameEvents({ ready }: { ready: Ready }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, error } = useEventNames();
  const make = useMakeReady();
  const [said, setSaid] = useState<Named>({});
  if (data === undefined) return error === null ? <Rows n={3} /> : <ProblemNote error={error} />;
  const named = { ...guessed(data), ...said };
  const missing = NEEDS[ready].filter((role) => (named[role] ?? "") === "");
  const send = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate(
      { ready, named },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: "/dashboards/$number", params: { number: String(id) }, search: {} }),
      },
    );
  };
  return (
    <form onSubmit={send} className={styles.form}>
      <p className={styles.soft}>{t("boards.ready_which")}</p>
      {NEEDS[ready].map((role) => (
        <PatternField
          key={role}
          field="event"
          label={t(`boards.role_${role}`)}
          placeholder={t("boards.role_example")}
          value={named[role] ?? ""}
          onChange={(text) => setSaid({ ...said, [role]: text })}
        />
      ))}
      <ProblemNote error={make.error} />
      <Button type="submit" disabled={missing.length > 0} loading={make.isPending}>
        {t("boards.make")}
      </Button>
    </form>
  );
}
