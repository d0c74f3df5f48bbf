import { useLayoutEffect, useRef } from "react";
import { COLUMN } from "../../maps/grid/grid_context.ts";
import { useActions } from "../draft/use_draft.ts";
import styles from "./canvas.module.css";
import { useUi } from "./canvas_ui.ts";

/** Where the part that is being moved would stand, and its name at the pointer. */
export function DragLayer() {
  const dragged = useUi((state) => state.dragged);
  const { now } = useActions();
  const line = useRef<HTMLElement>(null);
  const lane = dragged?.moved.part === "lane" ? dragged.gap.at : null;
  useLayoutEffect(() => {
    if (lane === null || line.current === null) return;
    const rows = [...document.querySelectorAll<HTMLElement>("[data-lane]")];
    const row = rows[lane];
    const last = rows.at(-1);
    const top = row?.offsetTop ?? (last === undefined ? 0 : last.offsetTop + last.offsetHeight);
    line.current.style.top = `${top}px`;
  }, [lane]);
  if (dragged === null) return null;
  return (
    <>
      <i
        ref={line}
        aria-hidden
        data-gap
        className={lane === null ? styles.gap : styles.gapAcross}
        style={lane === null ? { left: leftOf(now().stages, dragged.gap) } : undefined}
      />
      {dragged.pointer !== null && (
        <span
          aria-hidden
          className={styles.chip}
          style={{ left: dragged.pointer.x + 12, top: dragged.pointer.y + 12 }}
        >
          {dragged.name}
        </span>
      )}
    </>
  );
}

/** What happens to the part that is moved, for those who do not see it. */
export function DragWords() {
  const spoken = useUi((state) => state.spoken);
  return (
    <div aria-live="assertive" className={styles.spoken}>
      {spoken}
    </div>
  );
}

function leftOf(
  stages: { key: string; touchpoints: unknown[] }[],
  gap: { at: number; stage: string | null },
): number {
  const before = gap.stage === null ? gap.at : stages.findIndex((s) => s.key === gap.stage);
  const width = stages.slice(0, before).reduce((sum, s) => sum + Math.max(1, s.touchpoints.length), 0);
  return (width + (gap.stage === null ? 0 : gap.at) + 1) * COLUMN;
}
