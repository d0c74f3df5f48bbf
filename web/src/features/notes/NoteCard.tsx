import { touchpointKeys } from "@desireline/map-core";
import { ActionIcon, Menu, Textarea } from "@mantine/core";
import { IconDots, IconGripHorizontal } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActions, useEditor } from "../editor/draft/use_draft.ts";
import { COLOURS, growInto, moveNote, type Note, WIDTH } from "./arranging.ts";
import { COMPOSER } from "./Composer.tsx";
import styles from "./notes.module.css";
import { useDrag } from "./use_drag.ts";

/** How far an arrow moves a note. */
const ARROW = 24;
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-ARROW, 0],
  ArrowRight: [ARROW, 0],
  ArrowUp: [0, -ARROW],
  ArrowDown: [0, ARROW],
};

/** A note: its words, a handle to move it, and what it can become. */
export function NoteCard({ note }: { note: Note }) {
  const { t } = useTranslation();
  const { may } = useEditor();
  const { edit, now, remove } = useActions();
  const name = note.text.split("\n")[0]!;
  const grow = (stage: string): void => void edit(growInto(note, stage, touchpointKeys(now())));
  const drag = useDrag((dx, dy, stage) => {
    if (stage === null) edit(moveNote(note, note.x + dx, note.y + dy));
    else grow(stage);
  });
  const drop = (): void =>
    void remove({ type: "remove", part: "note", key: note.key }, t("sticky.gone", { name }));
  const hear = (event: KeyboardEvent): void => {
    const by = ARROWS[event.key];
    if (by !== undefined) {
      event.preventDefault();
      edit(moveNote(note, note.x + by[0], note.y + by[1]), `move ${note.key}`);
    }
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      drop();
      document.getElementById(COMPOSER)?.focus();
    }
  };
  const { dx, dy } = drag.by;
  return (
    <li
      className={styles.note}
      data-colour={note.colour}
      data-dragged={drag.isOn || undefined}
      style={{ left: note.x, top: note.y, width: WIDTH, transform: `translate(${dx}px, ${dy}px)` }}
    >
      {may && (
        <div className={styles.noteHead}>
          <button
            type="button"
            className={styles.grip}
            aria-label={t("sticky.move", { name })}
            data-tip={t("sticky.move_keys")}
            onKeyDown={hear}
            {...drag.handle}
          >
            <IconGripHorizontal size={16} aria-hidden />
          </button>
          <NoteMenu note={note} name={name} grow={grow} drop={drop} />
        </div>
      )}
      <Words note={note} />
    </li>
  );
}

/** The words; Enter is done with them, and goes on to the next note. */
function Words({ note }: { note: Note }) {
  const { t } = useTranslation();
  const { may } = useEditor();
  const { edit } = useActions();
  const [text, setText] = useState(note.text);
  const [before, setBefore] = useState(note.text);
  if (before !== note.text) {
    setBefore(note.text);
    setText(note.text);
  }
  const keep = (): void => {
    const said = text.trim();
    if (said === "") setText(note.text);
    else if (said !== note.text) edit({ type: "set", part: "note", key: note.key, field: "text", value: said });
  };
  return (
    <Textarea
      variant="unstyled"
      aria-label={t("sticky.words")}
      value={text}
      autosize
      minRows={1}
      maxRows={8}
      readOnly={!may}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.shiftKey) {
          event.preventDefault();
          keep();
          document.getElementById(COMPOSER)?.focus();
        }
        if (event.key === "Escape") setText(note.text);
      }}
    />
  );
}

interface MenuProps {
  note: Note;
  name: string;
  grow: (stage: string) => void;
  drop: () => void;
}

function NoteMenu({ note, name, grow, drop }: MenuProps) {
  const { t } = useTranslation();
  const { edit, now } = useActions();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="sm" variant="transparent" color="var(--dl-ink-soft)" aria-label={t("sticky.more", { name })}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("sticky.grow")}</Menu.Label>
        {now().stages.map((stage) => (
          <Menu.Item key={stage.key} onClick={() => grow(stage.key)}>
            {stage.name}
          </Menu.Item>
        ))}
        {now().stages.length === 0 && <Menu.Item disabled>{t("sticky.no_stage")}</Menu.Item>}
        <Menu.Divider />
        <Menu.Label>{t("sticky.colour")}</Menu.Label>
        {COLOURS.map((one) => (
          <Menu.Item
            key={one}
            onClick={() => edit({ type: "set", part: "note", key: note.key, field: "colour", value: one })}
          >
            {t(`sticky.${one}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item color="var(--dl-harm)" onClick={drop}>
          {t("sticky.drop")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
