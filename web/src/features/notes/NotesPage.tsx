import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "../../api/problem.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Notices } from "../editor/bar/Notices.tsx";
import { Others } from "../editor/bar/Others.tsx";
import { SavedNote } from "../editor/bar/SavedNote.tsx";
import { UndoButtons } from "../editor/bar/UndoButtons.tsx";
import { draftQuery } from "../editor/draft/door.ts";
import { EditorProvider } from "../editor/draft/EditorProvider.tsx";
import { useDraft, useEditor } from "../editor/draft/use_draft.ts";
import { makeMap } from "./arranging.ts";
import { Board } from "./Board.tsx";
import { Composer } from "./Composer.tsx";
import styles from "./notes.module.css";
import { Stages } from "./Stages.tsx";

const route = getRouteApi("/shell/maps/$key/notes");

/** The quick beginning of a map: notes on a board, which grow into stages and touchpoints. */
export function NotesPage() {
  const { key } = route.useParams();
  const { t } = useTranslation();
  const { data, error } = useQuery(draftQuery(key));
  if (data !== undefined)
    return (
      <EditorProvider key={key} mapKey={key} opened={data}>
        <Notes />
      </EditorProvider>
    );
  return (
    <main className={styles.page}>
      {error === null ? (
        <Rows n={6} />
      ) : (
        <Empty page title={t("maps.unopened")} text={inWords(error)}>
          <Link to="/maps">{t("maps.all")}</Link>
        </Empty>
      )}
    </main>
  );
}

function Notes() {
  const { t } = useTranslation();
  const { key, may } = useEditor();
  const { map, edit, undo, redo } = useDraft();
  const navigate = useNavigate();
  useHotkeys([
    ["mod+Z", undo],
    ["mod+shift+Z", redo],
    ["mod+Y", redo],
  ]);
  useEffect(() => {
    document.title = `${map.name} – Desireline`;
  }, [map.name]);
  const make = (): void => {
    const change = makeMap(map, (n) => t("sticky.stage_n", { n }));
    if (change === null || edit(change)) void navigate({ to: "/maps/$key/edit", params: { key } });
  };
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>{map.name}</h1>
          <p>{t("sticky.lead")}</p>
        </div>
        <div className={styles.tools}>
          <SavedNote />
          <Others />
          {may && <UndoButtons />}
          {may && (
            <Button {...(map.notes.length === 0 && { variant: "default" })} onClick={make}>
              {map.notes.length > 0 ? t("sticky.make") : t("sticky.to_map")}
            </Button>
          )}
        </div>
      </header>
      <Notices />
      {may && <Composer />}
      <Stages />
      <Board />
    </main>
  );
}
