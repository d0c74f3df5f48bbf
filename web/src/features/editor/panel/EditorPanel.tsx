import { CloseButton } from "@mantine/core";
import { type ComponentType, lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { speaking } from "../../../app/spoken/rooms.ts";
import { Rows } from "../../../ui/Rows.tsx";
import { useNames } from "../draft/names.ts";
import { MAP, placeOf, type Selected } from "../draft/selection.ts";
import { useDraft, useEditor, useSelected } from "../draft/use_draft.ts";
import { MapPanel } from "./MapPanel.tsx";
import styles from "./panel.module.css";

// The canvas is drawn before anything on it is chosen; what can then be said of it comes after it.
const loadChosen = speaking(["editor"], () => import("./chosen.ts"));
const CellPanel = lazy(async () => ({ default: (await loadChosen()).CellPanel }));
const LanePanel = lazy(async () => ({ default: (await loadChosen()).LanePanel }));
const StagePanel = lazy(async () => ({ default: (await loadChosen()).StagePanel }));
const TouchpointPanel = lazy(async () => ({ default: (await loadChosen()).TouchpointPanel }));

/** What each kind of choice shows. */
const PANELS: { [K in Selected["kind"]]: ComponentType<{ at: Extract<Selected, { kind: K }> }> } = {
  map: MapPanel,
  stage: StagePanel,
  touchpoint: TouchpointPanel,
  lane: LanePanel,
  cell: CellPanel,
};

interface Props {
  /** The panel lies over the canvas, and goes by this. */
  onClose?: () => void;
}

/** What is chosen on the canvas, with everything that can be said of it. */
export function EditorPanel({ onClose }: Props) {
  const { t } = useTranslation();
  const { map } = useDraft();
  const { select } = useEditor().selection;
  const selected = useSelected();
  const names = useNames();
  const Panel = PANELS[selected.kind] as ComponentType<{ at: Selected }>;
  useEffect(() => {
    const soon = requestIdleCallback(() => void loadChosen());
    return () => cancelIdleCallback(soon);
  }, []);
  return (
    <section className={styles.panel} aria-label={t("editor.panel")} data-panel={selected.kind}>
      <header className={styles.head}>
        <span>{t(`fields.of_${selected.kind}`)}</span>
        {onClose !== undefined && (
          <CloseButton aria-label={t("editor.close_details")} onClick={onClose} />
        )}
        {onClose === undefined && selected.kind !== "map" && (
          <CloseButton
            size="sm"
            aria-label={t("fields.to_map")}
            data-tip={t("fields.to_map")}
            onClick={() => select(MAP)}
          />
        )}
        <h2>{names(map, selected)}</h2>
      </header>
      <div className={styles.body}>
        <Suspense fallback={<Rows n={4} />}>
          <Panel key={placeOf(selected)} at={selected} />
        </Suspense>
      </div>
    </section>
  );
}
