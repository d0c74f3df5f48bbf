import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/Empty.tsx";
import { useDraft } from "../editor/draft/use_draft.ts";
import { boardSize } from "./arranging.ts";
import { GreyNotes } from "./GreyNotes.tsx";
import { NoteCard } from "./NoteCard.tsx";
import styles from "./notes.module.css";

/** The board with its notes. */
export function Board() {
  const { t } = useTranslation();
  const { map } = useDraft();
  if (map.notes.length === 0)
    return <Empty picture={<GreyNotes />} title={t("sticky.none")} text={t("sticky.none_text")} />;
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
