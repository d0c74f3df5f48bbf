import { ActionIcon, Menu, UnstyledButton } from "@mantine/core";
import { IconDots, IconGripVertical } from "@tabler/icons-react";
import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { useDrag } from "../notes/use_drag.ts";
import { type Card, type Column, COLUMNS, columnsOf, nextTo, priorityOf } from "./board.ts";
import { useBoard, useTouchpoint } from "./context.ts";
import styles from "./improve.module.css";
import type { Moves } from "./use_moves.ts";

const EffectLine = lazy(async () => ({ default: (await import("./EffectLine.tsx")).EffectLine }));

interface Props {
  card: Card;
  moves: Moves;
  /** Moves it by a key. */
  walk: (card: Card, to: Column) => void;
  /** A key has brought it here. */
  held: boolean;
}

const isColumn = (text: string | null): text is Column =>
  (COLUMNS as readonly (string | null)[]).includes(text);

/** A card: what it is, where, what it is worth, who does it; moved by hand, by key or by a menu. */
export function BoardCard({ card, moves, walk, held }: Props) {
  const { t } = useTranslation();
  const { may, open } = useBoard();
  const touchpoint = useTouchpoint();
  const grip = useRef<HTMLButtonElement>(null);
  const drag = useDrag((_dx, _dy, column) => {
    if (isColumn(column)) moves.move(card, column);
  });
  useEffect(() => {
    if (held) grip.current?.focus();
  }, [held]);
  const hear = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const to = by === 0 ? undefined : nextTo(card, by);
    if (by !== 0) event.preventDefault();
    if (to !== undefined) walk(card, to);
  };
  const place = card.kind === "opportunity" ? card.one.touchpoint : card.of?.touchpoint ?? "";
  const { dx, dy } = drag.by;
  return (
    <li
      className={styles.card}
      data-kind={card.kind}
      data-dragged={drag.isOn || undefined}
      style={{ transform: `translate(${dx}px, ${dy}px)` }}
    >
      <div className={styles.cardHead}>
        {may && (
          <button
            ref={grip}
            type="button"
            className={styles.grip}
            aria-label={t("improve.grip", { title: card.one.title })}
            data-tip={t("improve.grip_keys")}
            onKeyDown={hear}
            {...drag.handle}
          >
            <IconGripVertical size={14} aria-hidden />
          </button>
        )}
        <UnstyledButton className={styles.cardTitle ?? ""} onClick={() => open(card.id)}>
          {card.one.title}
        </UnstyledButton>
        {may && <CardMenu card={card} moves={moves} />}
      </div>
      {place !== "" && <p className={styles.soft}>{touchpoint(place)}</p>}
      <CardFacts card={card} />
      {card.kind === "improvement" && card.one.deployed_at !== null && (
        <Suspense>
          <EffectLine number={card.one.id} />
        </Suspense>
      )}
    </li>
  );
}

function CardFacts({ card }: { card: Card }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [now] = useState(() => Date.now());
  const priority = priorityOf(card);
  const says: string[] = [];
  if (priority !== null) says.push(t("improve.worth", { n: formats.number(priority) }));
  if (card.kind === "improvement") {
    const { owner, department, due_at: due, deployed_at: deployed } = card.one;
    says.push(...[owner, department].filter((one) => one !== ""));
    if (deployed !== null) says.push(t("improve.since", { day: formats.period(deployed, deployed) }));
    else if (due !== null) {
      const late = Date.parse(due) < now;
      says.push(t(late ? "improve.was_due" : "improve.due_by", { day: formats.period(due, due) }));
    }
  }
  return says.length === 0 ? null : <p className={`${styles.facts} num`}>{says.join(" · ")}</p>;
}

function CardMenu({ card, moves }: { card: Card; moves: Moves }) {
  const { t } = useTranslation();
  const { open } = useBoard();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="var(--dl-ink-soft)"
          aria-label={t("improve.more", { title: card.one.title })}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => open(card.id)}>{t("improve.open")}</Menu.Item>
        <Menu.Label>{t("improve.move_to")}</Menu.Label>
        {columnsOf(card)
          .filter((column) => column !== card.column)
          .map((column) => (
            <Menu.Item key={column} onClick={() => moves.move(card, column)}>
              {t(`improve.column_${column}`)}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item color="var(--dl-harm)" onClick={() => moves.drop(card)}>
          {t("improve.drop")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
