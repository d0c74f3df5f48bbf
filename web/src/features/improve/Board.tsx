import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { BoardCard } from "./BoardCard.tsx";
import { type Card, type Column, COLUMNS, inColumn } from "./board.ts";
import { useBoard } from "./context.ts";
import styles from "./improve.module.css";
import { MoveDialogs } from "./MoveDialogs.tsx";
import { useMoves } from "./use_moves.ts";

/** The board: a column for each state, a card for whatever is known or done. */
export function Board() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { cards } = useBoard();
  const moves = useMoves();
  // A card that a key has moved is drawn anew in its column, and keeps the focus.
  const [held, hold] = useState<string | null>(null);
  const walk = (card: Card, to: Column): void => {
    hold(card.id);
    moves.move(card, to);
  };
  return (
    <section className={styles.board} aria-label={t("improve.board")}>
      {COLUMNS.map((column) => {
        const here = inColumn(cards, column);
        return (
          <section key={column} className={styles.column} data-stage={column} aria-labelledby={`column-${column}`}>
            <h2 id={`column-${column}`}>
              {t(`improve.column_${column}`)} <span className="num">{formats.count(here.length)}</span>
            </h2>
            {here.length === 0 ? (
              <p className={styles.hint}>{t(`improve.hint_${column}`)}</p>
            ) : (
              <ul>
                {here.map((card) => (
                  <BoardCard key={card.id} card={card} moves={moves} walk={walk} held={held === card.id} />
                ))}
              </ul>
            )}
          </section>
        );
      })}
      <MoveDialogs moves={moves} />
    </section>
  );
}
