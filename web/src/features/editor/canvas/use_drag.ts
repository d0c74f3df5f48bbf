import type { JourneyMap } from "@desireline/map-core";
import { t } from "i18next";
import { type PointerEvent, type RefObject, useEffect, useMemo, useRef } from "react";
import { COLUMN } from "../../maps/grid/grid_context.ts";
import type { DraftActions } from "../draft/use_draft.ts";
import { type Anchor, type CanvasUi, cellOf, type Dragged } from "./canvas_ui.ts";
import { beside, type Gap, gapOf, type Movable, movedInto, nextGap } from "./moves.ts";

/** So far a pointer moves before it drags: a click is none. */
const FAR = 6;
/** So long a finger rests on a part before it takes it along: one that moves at once scrolls. */
const HOLD_MS = 350;
const EDGE = 48;
const SPEED = 14;

export interface Drag {
  /** A pointer went down on a part that can be moved. */
  press: (event: PointerEvent, moved: Movable, name: string) => void;
  /** The part is picked up by the keyboard. */
  pickUp: (moved: Movable, name: string) => void;
  /** Takes a key while something is picked up; false: nothing is. */
  key: (key: string) => boolean;
}

/** Where a gap is in words: "after Cart, in Purchase". */
function gapWords(map: JourneyMap, { moved, gap }: Dragged): string {
  const { after, stage } = beside(map, moved, gap);
  if (moved.part !== "touchpoint") return after === null ? t("drag.first") : t("drag.after", { after });
  return after === null ? t("drag.first_in", { stage }) : t("drag.after_in", { after, stage });
}

/** The gap of a horizontal place in the grid, for touchpoints and stages. */
export function gapAtColumn(map: JourneyMap, part: Movable["part"], columns: number): Gap {
  let first = 0;
  for (const [at, stage] of map.stages.entries()) {
    const width = Math.max(1, stage.touchpoints.length);
    const within = columns - first;
    if (within < width || at === map.stages.length - 1) {
      if (part === "stage") return { at: within < width / 2 ? at : at + 1, stage: null };
      const place = Math.min(stage.touchpoints.length, Math.max(0, Math.round(within)));
      return { at: place, stage: stage.key };
    }
    first += width;
  }
  return { at: 0, stage: null };
}

/** Parts are moved by pointer or keys; where to, is told in words at each step. */
export function useDrag(
  scroller: RefObject<HTMLDivElement | null>,
  ui: CanvasUi,
  actions: DraftActions,
  goTo: (cell: string) => void,
): Drag {
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  useStillness(scroller, ui);
  return useMemo(() => {
    const tell = (dragged: Dragged | null, spoken: string): void => ui.set({ dragged, spoken });
    const drop = (kept: boolean): void => {
      const { dragged } = ui.state();
      if (dragged === null) return;
      const { moved, name } = dragged;
      const words = { name, where: gapWords(actions.now(), dragged) };
      const change = kept ? movedInto(actions.now(), moved, dragged.gap) : null;
      tell(null, change === null ? t("drag.left", words) : t("drag.dropped", words));
      if (change !== null) actions.edit(change);
      goTo(cellOf(moved));
    };
    const gapUnder = (moved: Movable, at: Anchor): Gap | null => {
      const element = scroller.current;
      if (element === null) return null;
      if (moved.part === "lane") return laneGap(element, at.y);
      const x = at.x - element.getBoundingClientRect().left + element.scrollLeft - COLUMN;
      return gapAtColumn(actions.now(), moved.part, x / COLUMN);
    };
    const press: Drag["press"] = (down, moved, name) => {
      if (down.button !== 0) return;
      const begun = { x: down.clientX, y: down.clientY };
      const part = down.currentTarget;
      let held = down.pointerType !== "touch";
      let went = held;
      let timer = 0;
      const hold = window.setTimeout(() => {
        const gap = gapOf(actions.now(), moved);
        if (held || gap === null) return;
        held = true;
        tell({ moved, name, gap, pointer: begun }, t("drag.picked", { name }));
      }, HOLD_MS);
      // Neither does the canvas scroll under a finger that holds a part, nor is it a click at the end.
      const still = (event: Event): void => {
        if (held && event.cancelable) event.preventDefault();
      };
      const move = (event: globalThis.PointerEvent): void => {
        const at = { x: event.clientX, y: event.clientY };
        const far = Math.hypot(at.x - begun.x, at.y - begun.y) >= FAR;
        if (!held && far) stop.current();
        if (!held || !(far || (went && ui.state().dragged !== null))) return;
        went = true;
        event.preventDefault();
        window.clearInterval(timer);
        const look = (): void => {
          const gap = gapUnder(moved, at) ?? gapOf(actions.now(), moved);
          if (gap !== null) tell({ moved, name, gap, pointer: at }, "");
        };
        look();
        if (scroller.current !== null && atEdge(scroller.current, at)) {
          timer = window.setInterval(() => {
            scrollAt(scroller.current!, at);
            look();
          }, 16);
        }
      };
      const up = (): void => {
        stop.current();
        if (ui.state().dragged === null) return;
        if (!went) {
          // A finger that only rested wants to know what can be done with the part.
          ui.set({ dragged: null, spoken: "", menu: { of: moved, anchor: begun } });
          return;
        }
        // The click that ends a drag opens nothing.
        window.addEventListener("click", swallow, { capture: true, once: true });
        window.setTimeout(() => window.removeEventListener("click", swallow, true), 0);
        drop(true);
      };
      const cancel = (): void => {
        stop.current();
        drop(false);
      };
      const escape = (event: KeyboardEvent): void => {
        if (event.key === "Escape") cancel();
      };
      stop.current();
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", up);
      window.addEventListener("pointercancel", cancel);
      // On the part itself: it may leave the canvas while it is taken along.
      part.addEventListener("touchmove", still, { passive: false });
      if (!held) part.addEventListener("touchend", still, { passive: false, once: true });
      window.addEventListener("keydown", escape, true);
      stop.current = () => {
        window.clearInterval(timer);
        window.clearTimeout(hold);
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", up);
        window.removeEventListener("pointercancel", cancel);
        part.removeEventListener("touchmove", still);
        window.removeEventListener("keydown", escape, true);
      };
    };
    return {
      press,
      pickUp: (moved, name) => {
        const gap = gapOf(actions.now(), moved);
        if (gap !== null) tell({ moved, name, gap, pointer: null }, t("drag.picked", { name }));
      },
      key: (key) => {
        const { dragged } = ui.state();
        if (dragged === null) return false;
        const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key] as 1 | -1 | undefined;
        if (key === "Escape" || key === "Tab") drop(false);
        else if (key === " " || key === "Enter") drop(true);
        else if (step !== undefined) {
          const gap = nextGap(actions.now(), dragged.moved, dragged.gap, step);
          const next = { ...dragged, gap };
          tell(next, gapWords(actions.now(), next));
        }
        return true;
      },
    };
  }, [scroller, ui, actions, goTo]);
}

/** Heard before a finger comes down: else the canvas would scroll whatever is done later. */
function useStillness(scroller: RefObject<HTMLDivElement | null>, ui: CanvasUi): void {
  useEffect(() => {
    const element = scroller.current;
    const still = (event: Event): void => {
      if (ui.state().dragged !== null && event.cancelable) event.preventDefault();
    };
    element?.addEventListener("touchmove", still, { passive: false });
    return () => element?.removeEventListener("touchmove", still);
  }, [scroller, ui]);
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

function laneGap(element: HTMLElement, y: number): Gap {
  const rows = [...element.querySelectorAll("[data-lane]")];
  const at = rows.findIndex((row) => {
    const box = row.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return { at: at < 0 ? rows.length : at, stage: null };
}

function edges(element: HTMLElement, at: Anchor): [x: number, y: number] {
  const box = element.getBoundingClientRect();
  const x = at.x < box.left + COLUMN + EDGE ? -1 : at.x > box.right - EDGE ? 1 : 0;
  const y = at.y < box.top + EDGE ? -1 : at.y > box.bottom - EDGE ? 1 : 0;
  return [x, y];
}

const atEdge = (element: HTMLElement, at: Anchor): boolean => edges(element, at).some((one) => one !== 0);

function scrollAt(element: HTMLElement, at: Anchor): void {
  const [x, y] = edges(element, at);
  element.scrollBy(x * SPEED, y * SPEED);
}
