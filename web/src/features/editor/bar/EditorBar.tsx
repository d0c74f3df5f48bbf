import { ActionIcon, Button } from "@mantine/core";
import { IconChartHistogram, IconLayoutSidebarRight, IconMap2, IconNote } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { mapsQuery } from "../../maps/pages/map_queries.ts";
import { MAP } from "../draft/selection.ts";
import { useDraft, useEditor } from "../draft/use_draft.ts";
import styles from "./bar.module.css";
import { EditorCommands } from "./EditorCommands.tsx";
import { Notices } from "./Notices.tsx";
import { Others } from "./Others.tsx";
import { PublishButton } from "./PublishButton.tsx";
import { SavedNote } from "./SavedNote.tsx";
import { UndoButtons } from "./UndoButtons.tsx";

interface Props {
  /** Whether all figures are shown; null where there is no room for them. */
  figures: boolean | null;
  onFigures: (shown: boolean) => void;
  /** Opens the panel; null where it is always there. */
  onDetails: (() => void) | null;
}

/** The one bar of the editor: which map this is, who is there, whether all is saved, publish. */
export function EditorBar({ figures, onFigures, onDetails }: Props) {
  const { t } = useTranslation();
  const { key, selection } = useEditor();
  const { map, published } = useDraft();
  const { data: maps } = useQuery(mapsQuery);
  const version = published?.version ?? maps?.find((one) => one.key === key)?.version ?? null;
  return (
    <header className={styles.bar}>
      <div className={styles.top}>
        <div className={styles.title}>
          <h1>
            <button type="button" className={styles.name} data-tip={t("editor.about")} onClick={() => selection.select(MAP)}>
              {map.name}
            </button>
          </h1>
          <span className={styles.kind}>{t(`kind.${map.kind}`)}</span>
          <span className={`${styles.version} num`}>
            {version === null ? t("editor.unpublished") : t("editor.draft_after", { version })}
          </span>
          <SavedNote />
        </div>
        <div className={styles.tools}>
          <Others />
          <UndoButtons />
          <ActionIcon
            variant="subtle"
            color="var(--dl-ink-soft)"
            aria-label={t("sticky.open")}
            data-tip={t("sticky.open")}
            renderRoot={(props) => <Link to="/maps/$key/notes" params={{ key }} {...props} />}
          >
            <IconNote size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
          {figures !== null && (
            <Button
              className={styles.toggle ?? ""}
              variant="subtle"
              color="var(--dl-ink-soft)"
              size="compact-sm"
              aria-pressed={figures}
              data-tip={t("editor.figures_means")}
              leftSection={<IconChartHistogram size={15} stroke={1.6} aria-hidden />}
              onClick={() => onFigures(!figures)}
            >
              {t("editor.figures")}
            </Button>
          )}
          {version !== null && (
            <ActionIcon
              variant="subtle"
              color="var(--dl-ink-soft)"
              aria-label={t("editor.view")}
              data-tip={t("editor.view")}
              renderRoot={(props) => <Link to="/maps/$key" params={{ key }} {...props} />}
            >
              <IconMap2 size={18} stroke={1.6} aria-hidden />
            </ActionIcon>
          )}
          {onDetails !== null && (
            <ActionIcon
              variant="subtle"
              color="var(--dl-ink-soft)"
              aria-label={t("editor.details")}
              data-tip={t("editor.details")}
              onClick={onDetails}
            >
              <IconLayoutSidebarRight size={18} stroke={1.6} aria-hidden />
            </ActionIcon>
          )}
          <PublishButton version={version} />
        </div>
      </div>
      <Notices />
      <EditorCommands version={version} />
    </header>
  );
}
