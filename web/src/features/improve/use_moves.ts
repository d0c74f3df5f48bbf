import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sayError, sayProblem, sayUndo } from "../../ui/say.tsx";
import { type Card, type Column, columnsOf } from "./board.ts";
import {
  type Improvement,
  moveImprovement,
  moveOpportunity,
  type Opportunity,
  useBoardChange,
} from "./queries.ts";

type Moved = { card: Card; to: Column | "dropped"; deployed?: string | null };
type Asked = { card: Card; what: "plan" | "score" | "deploy" } | null;

const send = ({ card, to, deployed }: Moved): Promise<Opportunity | Improvement> =>
  card.kind === "opportunity"
    ? moveOpportunity(card.one, to as Opportunity["state"])
    : moveImprovement(card.one, to as Improvement["state"], deployed);

/** How cards are moved: at once and with a way back, or by a dialog that asks what is missing. */
export function useMoves() {
  const { t } = useTranslation();
  const change = useBoardChange(send);
  const [asked, ask] = useState<Asked>(null);
  const go = (moved: Moved): void =>
    change.mutate(moved, {
      onError: sayProblem,
      onSuccess: (now) => {
        const { card, to } = moved;
        const was = card.kind === "improvement" ? card.one.deployed_at : null;
        const back = { ...card, one: now } as Card;
        const words = t("improve.moved", { title: card.one.title, column: t(`improve.column_${to}`) });
        sayUndo(words, () =>
          change.mutate({ card: back, to: card.column, deployed: was }, { onError: sayProblem }),
        );
      },
    });
  const move = (card: Card, to: Column): void => {
    if (to === card.column) return;
    if (!columnsOf(card).includes(to)) {
      const first = card.kind === "opportunity" ? "planned" : "opportunity";
      sayError(t("improve.not_there", { column: t(`improve.column_${first}`) }));
    } else if (card.kind === "opportunity" && to === "planned") ask({ card, what: "plan" });
    else if (card.kind === "opportunity" && to === "opportunity" && card.one.priority === null)
      ask({ card, what: "score" });
    else if (card.kind === "improvement" && to === "deployed" && card.one.deployed_at === null)
      ask({ card, what: "deploy" });
    else go({ card, to });
  };
  return {
    move,
    go,
    drop: (card: Card): void => go({ card, to: "dropped" }),
    asked,
    done: (): void => ask(null),
  };
}

export type Moves = ReturnType<typeof useMoves>;
