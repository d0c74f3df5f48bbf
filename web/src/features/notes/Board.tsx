import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/Empty.tsx";
import { useDraft, useEditor } from "../editor/draft/use_draft.ts";
import { boardSize } from "./arranging.ts";
import { COMPOSER } from "./Composer.tsx";
import { GreyNotes } from "./GreyNotes.tsx";
import { NoteCard } from "./NoteCard.tsx";
import styles from "./notes.module.css";

/** The board with its notes. */
export function Board() {
  const { t } = useTranslation();
  const { map } = useDraft();
  const { may } = useEditor();
  if (map.notes.length === 0)
    return (
      <Empty picture={<GreyNotes />} title={t("sticky.none")} text={t("sticky.none_text")}>
        {may && <Button onClick={() => document.getElementById(COMPOSER)?.focus()}>{t("sticky.write")}</Button>}
      </Empty>
    );
  return (
    <div className={styles.scroll}>
      <ul className={styles.board} style={boardSize(map.notes)} aria-label={t("sticky.board")}>
        {map.notes.map((note) => (
          <NoteCard key={note.key} note={note} />
        ))}
      </ul>
    </div>
  );
}
