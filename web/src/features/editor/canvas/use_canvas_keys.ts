import { type KeyboardEvent, useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { say, sayError } from "../../../ui/say.tsx";
import type { EditorScene } from "../draft/use_draft.ts";
import { besideOf, type CanvasUi } from "./canvas_ui.ts";
import { copiedText, pastedChange } from "./clipboard.ts";
import { firstTouchpoint, gapAfter, newStage, newTouchpoint, stageAfter } from "./making.ts";
import { type Movable, nudged } from "./moves.ts";

/** Whether the clipboard is the canvas' affair: nothing else has the focus. */
const meant = ({ target }: ClipboardEvent): boolean =>
  target === document.body || (target instanceof Element && target.closest("[data-scroller]") !== null && !typing(target));

const typing = (target: EventTarget): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** Keys that add, move and remove, and the clipboard, for whatever is chosen. */
export function useCanvasKeys(scene: EditorScene, ui: CanvasUi, goTo: (cell: string) => void) {
  const { t } = useTranslation();
  const { actions, selection, may } = scene;
  const add = useCallback(
    (what: "touchpoint" | "stage", element: Element) => {
      const selected = selection.state();
      ui.set({
        asking: {
          anchor: besideOf(element),
          label: `canvas.${what}_name`,
          make: (map, name) => {
            if (what === "stage") {
              const [change, key] = newStage(map, name, stageAfter(map, selected));
              return [change, `stage:${key}`];
            }
            const gap = gapAfter(map, selected);
            const [change, key] =
              gap === null
                ? firstTouchpoint(map, name, t("canvas.first_stage"))
                : newTouchpoint(map, name, gap);
            return [change, `touchpoint:${key}`];
          },
        },
      });
    },
    [selection, ui, t],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || !may || typing(event.target) || event.ctrlKey || event.metaKey) return;
    const selected = selection.state();
    const part: Movable | null =
      selected.kind === "map" || selected.kind === "cell" ? null : { part: selected.kind, key: selected.key };
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
    if (event.altKey && step !== undefined && part !== null) {
      const change = nudged(actions.now(), part, step);
      if (change !== null && actions.edit(change)) goTo(cellName(part));
    } else if (event.altKey) return;
    else if (event.key.toLowerCase() === "n")
      add(event.shiftKey ? "stage" : "touchpoint", event.target as Element);
    else if (event.key === "Delete" && part !== null) {
      const name = nameIn(actions.now(), part);
      if (actions.remove({ type: "remove", ...part }, t("canvas.removed", { name }))) goTo("");
    } else return;
    event.preventDefault();
  };
  const onCopy = (event: ClipboardEvent): void => {
    if (!meant(event) || window.getSelection()?.type === "Range") return;
    const text = copiedText(actions.now(), selection.state());
    if (text === null) return;
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    say(t("canvas.copied"));
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (!meant(event) || !may) return;
    event.preventDefault();
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const change = pastedChange(text, actions.now(), selection.state());
    if (change === null) sayError(t("canvas.nothing_pasted"));
    else if (actions.edit(change)) say(t("canvas.pasted"));
  };
  // Of the whole page: the focus may have gone with a column that left the screen.
  useEffect(() => {
    document.addEventListener("copy", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  });
  return { onKeyDown, add };
}

const cellName = ({ part, key }: Movable): string => (part === "lane" ? `lane-${key}:` : `${part}:${key}`);

function nameIn(map: ReturnType<EditorScene["actions"]["now"]>, { part, key }: Movable): string {
  const all: { key: string; name: string }[] =
    part === "lane" ? map.lanes : part === "stage" ? map.stages : map.stages.flatMap((s) => s.touchpoints);
  return all.find((one) => one.key === key)?.name ?? key;
}
