import { ActionIcon } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { CSSProperties, KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useActions, useEditor } from "../draft/use_draft.ts";
import styles from "./canvas.module.css";
import { besideOf, cellOf, useCanvas, useUi } from "./canvas_ui.ts";
import { InPlace } from "./InPlace.tsx";
import type { Movable } from "./moves.ts";

interface Props {
  moved: Movable;
  name: string;
  role: "columnheader" | "rowheader";
  column: number;
  span?: number;
  className: string | undefined;
  style?: CSSProperties;
  /** What stands there while the name is not being changed. */
  children: ReactNode;
}

/** The head of a stage, a touchpoint or a lane: renamed in place, moved, with a menu. */
export function PartCell({ moved, name, role, column, span, className, style, children }: Props) {
  const { t } = useTranslation();
  const { ui, may, goTo, drag } = useCanvas();
  const { edit } = useActions();
  const { selection } = useEditor();
  const cell = cellOf(moved);
  const editing = useUi((state) => state.editing === cell);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || !may) return;
    if (drag.key(event.key)) event.preventDefault();
    else if (event.key === "Enter" || event.key === "F2") ui.set({ editing: cell });
    else if (event.key === " ") drag.pickUp(moved, name);
    else if (event.key === "ContextMenu" || event.key === ".")
      ui.set({ menu: { of: moved, anchor: besideOf(event.currentTarget) } });
    else return;
    event.preventDefault();
  };
  const onDone = (said: string | null): void => {
    ui.set({ editing: null });
    if (said) edit({ type: "set", part: moved.part, key: moved.key, field: "name", value: said });
    goTo(cell);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is below
    <div
      role={role}
      aria-colindex={column}
      aria-colspan={span}
      aria-roledescription={may ? t("drag.movable") : undefined}
      data-cell={cell}
      tabIndex={-1}
      className={className}
      style={style}
      onFocus={() => selection.select({ kind: moved.part, key: moved.key })}
      onKeyDown={onKeyDown}
      onDoubleClick={() => may && ui.set({ editing: cell })}
      onPointerDown={(event) => {
        if (may && !editing) drag.press(event, moved, name);
      }}
      onContextMenu={(event) => {
        if (!may) return;
        event.preventDefault();
        // A finger that rests has picked the part up; where it goes, it tells next.
        if (ui.state().dragged !== null) return;
        ui.set({ menu: { of: moved, anchor: { x: event.clientX, y: event.clientY } } });
      }}
    >
      {editing ? (
        <InPlace value={name} label={t("canvas.name_of", { name })} onDone={onDone} />
      ) : (
        children
      )}
      {may && !editing && (
        <ActionIcon
          className={styles.more}
          variant="subtle"
          size={22}
          color="var(--dl-ink-soft)"
          tabIndex={-1}
          aria-label={t("canvas.more", { name })}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => ui.set({ menu: { of: moved, anchor: besideOf(event.currentTarget) } })}
        >
          <IconDots size={15} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}
