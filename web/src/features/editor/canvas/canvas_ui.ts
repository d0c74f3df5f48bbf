import type { JourneyMap, MapChange } from "@desireline/map-core";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Gap, Movable } from "./moves.ts";
import type { Drag } from "./use_drag.ts";

/** A point of the window beside which something opens. */
export interface Anchor {
  x: number;
  y: number;
}

/** A new part of which only the name is wanted. */
export interface Asking {
  anchor: Anchor;
  /** Name of the words that ask. */
  label: string;
  /** The change that makes it, and the cell to stand on then. */
  make: (map: JourneyMap, name: string) => [change: MapChange, cell: string];
}

export interface Dragged {
  moved: Movable;
  name: string;
  gap: Gap;
  /** Where the pointer is; null where keys move it. */
  pointer: Anchor | null;
}

/** What goes on at the canvas, beside the draft itself. */
export interface CanvasState {
  /** The cell whose words are being changed. */
  editing: string | null;
  asking: Asking | null;
  menu: { of: Movable; anchor: Anchor } | null;
  lanes: Anchor | null;
  dragged: Dragged | null;
  /** What a screen reader is told at once. */
  spoken: string;
}

const CALM: CanvasState = {
  editing: null,
  asking: null,
  menu: null,
  lanes: null,
  dragged: null,
  spoken: "",
};

export class CanvasUi {
  private held: CanvasState = CALM;
  private readonly listeners = new Set<() => void>();

  readonly state = (): CanvasState => this.held;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly set = (part: Partial<CanvasState>): void => {
    this.held = { ...this.held, ...part };
    for (const listener of this.listeners) listener();
  };
}

/** What all parts of the canvas share, and what never changes while it is open. */
export interface CanvasScene {
  ui: CanvasUi;
  may: boolean;
  /** Brings a cell into sight and stands on it, now or as soon as it is drawn. */
  goTo: (cell: string) => void;
  drag: Drag;
}

export const CanvasContext = createContext<CanvasScene | null>(null);

export function useCanvas(): CanvasScene {
  const scene = useContext(CanvasContext);
  if (scene === null) throw new Error("a part of the canvas stands outside it");
  return scene;
}

/** One part of what goes on; drawn anew only when that changes. */
export function useUi<T>(select: (state: CanvasState) => T): T {
  const { ui } = useCanvas();
  return useSyncExternalStore(ui.subscribe, () => select(ui.state()));
}

/** Beside an element: where a menu of it opens. */
export function besideOf(element: Element): Anchor {
  const box = element.getBoundingClientRect();
  return { x: Math.max(8, box.left + 12), y: box.bottom };
}

/** The cell of a part, as `data-cell` names it. */
export const cellOf = ({ part, key }: Movable): string =>
  part === "lane" ? `lane-${key}:` : `${part}:${key}`;
