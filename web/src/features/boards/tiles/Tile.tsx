import { Skeleton } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import { type KeyboardEvent, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "../../../api/problem.ts";
import { type AnyQuestion, useAnyAnswer } from "../../explore/asking.ts";
import { ToQuestion } from "../../explore/kept/ToQuestion.tsx";
import styles from "../boards.module.css";
import { useBoard } from "../context.ts";
import type { ShownTile } from "../queries.ts";
import { TargetWords } from "../targets/TargetWords.tsx";
import { narrowed } from "../whole.ts";
import { Drawn } from "./Drawn.tsx";
import { Sentence } from "./Sentence.tsx";
import { TileMenu } from "./TileMenu.tsx";

export interface Handle {
  /** A drag begins; null where it ends. */
  drag: (at: number | null) => void;
  move: (by: number) => void;
}

interface Props {
  tile: ShownTile;
  at: number;
  handle: Handle;
}

/** The answer to one question: its sentence, its drawing, its targets. */
export function Tile({ tile, at, handle }: Props) {
  const { t } = useTranslation();
  const { whole, mayChange } = useBoard();
  const box = useRef<HTMLElement>(null);
  const question = useMemo(
    () => (tile.query === null || tile.query === undefined ? null : narrowed(tile.query as AnyQuestion, whole)),
    [tile.query, whole],
  );
  const asked = useAnyAnswer(question);
  const name = tile.title || tile.name || t("boards.untitled");
  const targets = tile.targets ?? [];
  return (
    <article ref={box} className={styles.tile} aria-label={name} aria-busy={asked.isFetching}>
      <header data-no-picture>
        {mayChange && <Grip name={name} at={at} handle={handle} box={box} />}
        <h2>{question === null ? name : <ToQuestion question={question}>{name}</ToQuestion>}</h2>
        {question !== null && (
          <TileMenu tile={tile} at={at} name={name} question={question} answer={asked.data} box={box} move={handle.move} />
        )}
      </header>
      {question === null && <p className={styles.soft}>{t("boards.gone")}</p>}
      {asked.error !== null && (
        <p role="alert" className={styles.harm}>
          {inWords(asked.error)}
        </p>
      )}
      {asked.data === undefined && asked.error === null && question !== null && <Grey />}
      {asked.data !== undefined && (
        <div className={styles.told} data-old={asked.isPlaceholderData || undefined}>
          <Sentence answer={asked.data} view={tile.view ?? "chart"} />
          <Drawn tile={tile} answer={asked.data} question={question!} targets={targets} />
          {targets.map((target) => (
            <TargetWords key={target.id} target={target} answer={asked.data} />
          ))}
        </div>
      )}
    </article>
  );
}

function Grip({ name, at, handle, box }: { name: string; at: number; handle: Handle; box: React.RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  const walk = (event: KeyboardEvent): void => {
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    handle.move(by);
  };
  return (
    <button
      type="button"
      className={styles.grip}
      draggable
      aria-label={t("boards.move", { name })}
      data-tip={t("boards.move_tip")}
      onKeyDown={walk}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", name);
        if (box.current !== null) event.dataTransfer.setDragImage(box.current, 12, 12);
        handle.drag(at);
      }}
      onDragEnd={() => handle.drag(null)}
    >
      <IconGripVertical size={15} stroke={1.6} aria-hidden />
    </button>
  );
}

/** The shape of what comes. */
function Grey() {
  return (
    <div className={styles.told} aria-hidden>
      <Skeleton height={16} width="90%" />
      <Skeleton height={16} width="55%" />
      {[100, 72, 48, 30].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </div>
  );
}
