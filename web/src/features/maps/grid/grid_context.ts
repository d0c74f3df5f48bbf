import { type Column, scrollToColumn, type Range, visibleRange } from "@desireline/map-core";
import {
  createContext,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

export const COLUMN = 168;

/** The cell that the keyboard stands on. */
export interface Place {
  row: string;
  at: number;
}

export interface GridScene {
  range: Range;
  shown: Column[];
  /** Tells the grid that a cell has the focus. */
  stand: (place: Place) => void;
}

export const GridContext = createContext<GridScene | null>(null);

export function useGrid(): GridScene {
  const grid = useContext(GridContext);
  if (grid === null) throw new Error("a row of the map stands outside the grid");
  return grid;
}

/** Which columns are on the screen; drawn anew only when that changes. */
export function useRange(scroller: RefObject<HTMLElement | null>, count: number): Range {
  const [range, setRange] = useState<Range>({ first: 0, last: Math.min(count - 1, 12) });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void => {
      const next = visibleRange(element.scrollLeft, element.clientWidth - COLUMN, COLUMN, count);
      setRange((now) => (now.first === next.first && now.last === next.last ? now : next));
    };
    look();
    const watch = new ResizeObserver(look);
    watch.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller, count]);
  return range;
}

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Where a key leads; null for a key that leads nowhere. */
function nextPlace(key: string, place: Place, rows: string[], count: number): Place | null {
  if (key === "Home") return { ...place, at: 0 };
  if (key === "End") return { ...place, at: count - 1 };
  const step = STEPS[key];
  if (step === undefined) return null;
  const row = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(place.row) + step[0]))]!;
  return { row, at: Math.min(count - 1, Math.max(0, place.at + step[1])) };
}

/**
 * Arrow keys over rows and columns. The one tab stop is moved in the document itself: a step of the
 * keyboard draws nothing anew unless it brings new columns into sight.
 */
export function useWalk(
  scrollerRef: RefObject<HTMLElement | null>,
  rows: string[],
  keys: string[],
) {
  const place = useRef<Place>({ row: rows[0]!, at: 0 });
  const moved = useRef(false);

  const mark = useCallback((): HTMLElement | null => {
    const here = place.current;
    if (!rows.includes(here.row)) here.row = rows[0]!;
    here.at = Math.min(here.at, keys.length - 1);
    const element = scrollerRef.current;
    const cell =
      element?.querySelector<HTMLElement>(`[data-cell="${here.row}:${keys[here.at]}"]`) ?? null;
    element?.querySelectorAll<HTMLElement>("[data-cell][tabindex='0']").forEach((old) => {
      old.tabIndex = -1;
    });
    // Scrolled out of sight, the place lends its tab stop to a neighbour.
    const stop = cell ?? element?.querySelector<HTMLElement>(`[data-cell^="${here.row}:"]`);
    if (stop) stop.tabIndex = 0;
    return cell;
  }, [scrollerRef, rows, keys]);

  const arrive = useCallback(() => {
    const cell = mark();
    if (!moved.current || cell === null) return;
    moved.current = false;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [mark]);
  useEffect(arrive);

  const stand = useCallback(
    (next: Place) => {
      place.current = { ...next };
      mark();
    },
    [mark],
  );
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const element = scrollerRef.current;
      const next = nextPlace(event.key, place.current, rows, keys.length);
      if (next === null || element === null || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      const room = element.clientWidth - COLUMN;
      element.scrollTo({ left: scrollToColumn(next.at, COLUMN, element.scrollLeft, room) });
      place.current = next;
      moved.current = true;
      arrive();
    },
    [scrollerRef, rows, keys, arrive],
  );
  return { stand, onKeyDown };
}
