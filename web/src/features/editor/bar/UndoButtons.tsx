import { ActionIcon } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useDraft } from "../draft/use_draft.ts";

/** Back, and forth again. */
export function UndoButtons() {
  const { t } = useTranslation();
  const { canUndo, canRedo, undo, redo } = useDraft();
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="var(--dl-ink-soft)"
        aria-label={t("editor.undo")}
        data-tip={t("editor.undo_key")}
        disabled={!canUndo}
        onClick={undo}
      >
        <IconArrowBackUp size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="var(--dl-ink-soft)"
        aria-label={t("editor.redo")}
        data-tip={t("editor.redo_key")}
        disabled={!canRedo}
        onClick={redo}
      >
        <IconArrowForwardUp size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </>
  );
}
