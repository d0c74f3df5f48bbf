import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type KeyRow, type Offer, useOffer } from "../../../app/palette/store.ts";
import { useActions, useDraft, useEditor } from "../draft/use_draft.ts";

const KEYS: KeyRow[] = [
  [["←", "→", "↑", "↓"], "editor_keys.walk"],
  [["Enter"], "editor_keys.write"],
  [["N"], "editor_keys.touchpoint"],
  [["Shift", "N"], "editor_keys.stage"],
  [["Space"], "editor_keys.pick"],
  [["Alt", "→"], "editor_keys.nudge"],
  [["."], "editor_keys.menu"],
  [["Del"], "editor_keys.remove"],
  [["Ctrl", "C"], "editor_keys.copy"],
  [["Ctrl", "V"], "editor_keys.paste"],
  [["Ctrl", "Z"], "editor_keys.undo"],
  [["Ctrl", "Shift", "Z"], "editor_keys.redo"],
];

/** What the palette offers while a draft is open, and its keys. */
export function EditorCommands({ version }: { version: number | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { key, selection } = useEditor();
  const { undo, redo } = useActions();
  const { map } = useDraft();
  const { stages } = map;
  const offer = useMemo<Offer>(() => {
    const view = { id: "editor-view", label: t("editor.view"), onClick: () => void navigate({ to: "/maps/$key", params: { key } }) };
    return {
      groups: [
        {
          group: t("editor.commands"),
          actions: [
            { id: "editor-undo", label: t("editor.undo"), onClick: undo },
            { id: "editor-redo", label: t("editor.redo"), onClick: redo },
            ...(version === null ? [] : [view]),
          ],
        },
        {
          group: t("commands.touchpoints"),
          actions: stages.flatMap((stage) =>
            stage.touchpoints.map((touchpoint) => ({
              id: `edit-${touchpoint.key}`,
              label: touchpoint.name,
              description: stage.name,
              onClick: () => selection.select({ kind: "touchpoint", key: touchpoint.key }),
            })),
          ),
        },
      ],
      keys: KEYS,
    };
  }, [t, navigate, key, selection, undo, redo, version, stages]);
  useOffer(offer);
  return null;
}
