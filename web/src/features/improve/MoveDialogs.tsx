import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Card } from "./board.ts";
import { useBoard } from "./context.ts";
import styles from "./improve.module.css";
import { ImprovementForm } from "./ImprovementForm.tsx";
import { OpportunityForm } from "./OpportunityForm.tsx";
import type { Moves } from "./use_moves.ts";

const TITLES = { plan: "improve.plan", score: "improve.score", deploy: "improve.deploy" } as const;

/** What is asked before a card can lie where it was put. */
export function MoveDialogs({ moves }: { moves: Moves }) {
  const { t } = useTranslation();
  const { asked, done } = moves;
  return (
    <Modal
      opened={asked !== null}
      onClose={done}
      title={asked === null ? "" : t(TITLES[asked.what])}
      closeButtonProps={{ "aria-label": t("improve.close") }}
      transitionProps={{ duration: 120 }}
      size="lg"
    >
      {asked !== null && <Asked card={asked.card} what={asked.what} moves={moves} />}
    </Modal>
  );
}

function Asked({ card, what, moves }: { card: Card; what: keyof typeof TITLES; moves: Moves }) {
  const { map } = useBoard();
  if (what === "deploy") return <DeployForm card={card} moves={moves} />;
  if (card.kind !== "opportunity") return null;
  if (what === "plan") return <ImprovementForm opportunity={card.one} done={moves.done} />;
  return <OpportunityForm map={map} one={card.one} done={moves.done} />;
}

/** A moment as a field of the browser writes it, in the reader's own time. */
const asLocal = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** From when on customers have it: what is measured is measured from there. */
function DeployForm({ card, moves }: { card: Card; moves: Moves }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(() => asLocal(new Date()));
  const moment = new Date(at);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    moves.done();
    moves.go({ card, to: "deployed", deployed: moment.toISOString() });
  };
  return (
    <form className={styles.form} onSubmit={go}>
      <TextInput
        type="datetime-local"
        label={t("improve.deployed_at")}
        description={t("improve.deployed_text")}
        value={at}
        required
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" disabled={Number.isNaN(moment.getTime())}>
          {t("improve.deploy_it")}
        </Button>
      </div>
    </form>
  );
}
