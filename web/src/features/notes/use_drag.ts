import { type PointerEvent, useState } from "react";

const STILL = { dx: 0, dy: 0 };
/** A shorter way is a click. */
const LEAST = 4;

interface Drag {
  isOn: boolean;
  by: { dx: number; dy: number };
  /** What the handle hears. */
  handle: Record<
    "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel",
    (event: PointerEvent<HTMLElement>) => void
  >;
}

/** Follows a pointer that drags; `done` is told how far, and the stage that lies there, if any. */
export function useDrag(done: (dx: number, dy: number, stage: string | null) => void): Drag {
  const [from, setFrom] = useState<{ x: number; y: number } | null>(null);
  const [by, setBy] = useState(STILL);
  const end = (): void => {
    setFrom(null);
    setBy(STILL);
  };
  return {
    isOn: from !== null,
    by,
    handle: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom({ x: event.clientX, y: event.clientY });
      },
      onPointerMove: (event) => {
        if (from !== null) setBy({ dx: event.clientX - from.x, dy: event.clientY - from.y });
      },
      onPointerUp: (event) => {
        if (from !== null && Math.hypot(by.dx, by.dy) >= LEAST) {
          done(by.dx, by.dy, stageAt(event.clientX, event.clientY));
        }
        end();
      },
      onPointerCancel: end,
    },
  };
}

function stageAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const stage = element.closest<HTMLElement>("[data-stage]");
    if (stage !== null) return stage.dataset["stage"] ?? null;
  }
  return null;
}
