import { Drawer } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTitle } from "../../app/look.ts";
import { NARROW } from "../maps/MapView.tsx";
import { EditorBar } from "./bar/EditorBar.tsx";
import { MapCanvas } from "./canvas/MapCanvas.tsx";
import { RoadCanvas } from "./canvas/RoadCanvas.tsx";
import { useActions, useDraft, useEditor } from "./draft/use_draft.ts";
import styles from "./editor.module.css";
import { EditorPanel } from "./panel/EditorPanel.tsx";

/** With less room than this, the panel lies over the canvas. */
const OVER = "(max-width: 1000px)";

/** The editor of a draft: its bar, the canvas, and the panel of what is chosen. */
export function Editor() {
  const { t } = useTranslation();
  const { undo, redo } = useActions();
  const narrow = useMediaQuery(NARROW, window.matchMedia(NARROW).matches);
  const over = useMediaQuery(OVER, window.matchMedia(OVER).matches);
  const [figures, setFigures] = useState(false);
  const { selection } = useEditor();
  // Whoever was led to a place wants to see what stands there.
  const [details, setDetails] = useState(() => selection.state().kind !== "map");
  useHotkeys([
    ["mod+Z", undo],
    ["mod+shift+Z", redo],
    ["mod+Y", redo],
  ]);
  const show = (): void => setDetails(true);
  const hide = (): void => setDetails(false);
  return (
    <div className={styles.page}>
      <Title />
      <EditorBar
        figures={narrow ? null : figures}
        onFigures={setFigures}
        onDetails={over ? show : null}
      />
      <div className={styles.body}>
        <main className={styles.main}>
          {narrow ? <RoadCanvas onOpen={show} /> : <MapCanvas figures={figures} />}
        </main>
        {!over && (
          <aside className={styles.aside} aria-label={t("editor.panel")}>
            <EditorPanel />
          </aside>
        )}
      </div>
      <Drawer
        opened={over && details}
        onClose={hide}
        position="right"
        size={narrow ? "100%" : 400}
        padding={0}
        transitionProps={{ duration: 120 }}
        withCloseButton={false}
        attributes={{ content: { "aria-label": t("editor.panel") } }}
      >
        <EditorPanel onClose={hide} />
      </Drawer>
    </div>
  );
}

/** Says in the window's title which map this is; apart, so that an edit draws nothing else anew. */
function Title() {
  const { map } = useDraft();
  useTitle(map.name);
  return null;
}
