import { type RefObject, useEffect, useSyncExternalStore } from "react";
import { type Selected, selectedAt } from "../draft/selection.ts";
import { useDraft, useEditor } from "../draft/use_draft.ts";

function cellOf(selected: Selected): string {
  if (selected.kind === "map") return "";
  if (selected.kind === "cell") return `lane-${selected.lane}:${selected.touchpoint}`;
  return selected.kind === "lane" ? `lane-${selected.key}:` : `${selected.kind}:${selected.key}`;
}

const find = (element: Element, cell: string): HTMLElement | null =>
  cell === "" ? null : element.querySelector<HTMLElement>(`[data-cell=${JSON.stringify(cell)}]`);

/**
 * Marks what is chosen, and where others are. The marks are set on the cells in the document, so
 * that neither draws a cell anew; `drawn` changes when other cells come into sight.
 */
export function useMarks(
  scroller: RefObject<HTMLDivElement | null>,
  drawn: unknown,
  show: (cell: string) => void,
): void {
  const { selection } = useEditor();
  const selected = useSyncExternalStore(selection.subscribe, selection.state);
  const { others } = useDraft();
  const chosen = cellOf(selected);
  // Chosen from elsewhere: by the palette, the panel, or the address.
  useEffect(() => {
    if (!scroller.current?.contains(document.activeElement)) show(chosen);
  }, [scroller, chosen, show]);
  useEffect(() => {
    const cell = scroller.current === null ? null : find(scroller.current, chosen);
    cell?.setAttribute("data-chosen", "");
    return () => cell?.removeAttribute("data-chosen");
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- cells may have been drawn anew
  }, [scroller, chosen, drawn]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const marked = others.flatMap(({ place, by }) => {
      const cell = find(element, cellOf(selectedAt(place)));
      cell?.setAttribute("data-other", by);
      return cell === null ? [] : [cell];
    });
    return () => {
      for (const cell of marked) cell.removeAttribute("data-other");
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- cells may have been drawn anew
  }, [scroller, others, drawn]);
}

