import { CloseButton } from "@mantine/core";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useNames } from "../draft/names.ts";
import { MAP, placeOf, type Selected } from "../draft/selection.ts";
import { useDraft, useEditor, useSelected } from "../draft/use_draft.ts";
import { CellPanel } from "./CellPanel.tsx";
import { LanePanel } from "./LanePanel.tsx";
import { MapPanel } from "./MapPanel.tsx";
import styles from "./panel.module.css";
import { StagePanel } from "./StagePanel.tsx";
import { TouchpointPanel } from "./TouchpointPanel.tsx";

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
        <Panel key={placeOf(selected)} at={selected} />
      </div>
    </section>
  );
}
