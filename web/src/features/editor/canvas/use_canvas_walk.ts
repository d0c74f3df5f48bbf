import { type Column, scrollToColumn } from "@desireline/map-core";
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import { COLUMN } from "../../maps/grid/grid_context.ts";
import { cellAt, type Ground, nextPlace, type Place, placeAt, settled } from "./walk.ts";

interface Walk {
  stand: (place: Place) => void;
  goTo: (cell: string) => void;
  /** Brings a cell into sight; the focus stays where it is. */
  show: (cell: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (event: { target: EventTarget }) => void;
}

/**
 * Arrow keys over rows and columns, as on the map page, with the names of lanes as a column of
 * their own. The one tab stop is moved in the document itself, so that a step draws nothing anew.
 */
export function useCanvasWalk(
  scrollerRef: RefObject<HTMLDivElement | null>,
  rows: string[],
  named: Set<string>,
  columns: Column[],
): Walk {
  const ground = useMemo<Ground>(
    () => ({ rows, named, keys: columns.map((c) => c.key), stages: columns.map((c) => c.stage) }),
    [rows, named, columns],
  );
  const latest = useRef(ground);
  const place = useRef<Place>({ row: "touchpoint", at: 0 });
  const wanted = useRef(false);

  const arrive = useCallback(() => {
    const element = scrollerRef.current;
    if (element === null) return;
    place.current = settled(place.current, latest.current);
    const cell = element.querySelector<HTMLElement>(`[data-cell=${JSON.stringify(cellAt(place.current, latest.current))}]`);
    for (const old of element.querySelectorAll<HTMLElement>("[data-cell][tabindex='0']")) old.tabIndex = -1;
    const stop = cell ?? element.querySelector<HTMLElement>(`[data-cell^="${place.current.row}:"]`);
    if (stop) stop.tabIndex = 0;
    if (!wanted.current || cell === null) return;
    wanted.current = false;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [scrollerRef]);
  useEffect(() => {
    latest.current = ground;
    arrive();
  });

  const reach = useCallback(() => {
    const element = scrollerRef.current;
    if (element === null) return;
    const room = element.clientWidth - COLUMN;
    const left = scrollToColumn(Math.max(0, place.current.at), COLUMN, element.scrollLeft, room);
    element.scrollTo({ left });
    wanted.current = true;
    arrive();
  }, [scrollerRef, arrive]);
  const goTo = useCallback(
    (cell: string) => {
      // What it names may be drawn only after this; until then the key is looked up again.
      const look = (left: number): void => {
        const found = cell === "" ? place.current : placeAt(cell, latest.current);
        const there = latest.current.rows.includes(found.row) && (found.at >= 0 || cell.endsWith(":"));
        if (there || left === 0) {
          place.current = settled(there ? found : place.current, latest.current);
          reach();
        } else requestAnimationFrame(() => look(left - 1));
      };
      requestAnimationFrame(() => look(10));
    },
    [reach],
  );
  const show = useCallback(
    (cell: string) => {
      const element = scrollerRef.current;
      const found = placeAt(cell, latest.current);
      if (element === null || cell === "" || !latest.current.rows.includes(found.row)) return;
      place.current = settled(found, latest.current);
      const room = element.clientWidth - COLUMN;
      element.scrollTo({ left: scrollToColumn(Math.max(0, found.at), COLUMN, element.scrollLeft, room) });
      arrive();
    },
    [scrollerRef, arrive],
  );
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(event.target instanceof HTMLElement) || event.target.dataset["cell"] === undefined) return;
      const next = nextPlace(event.key, place.current, latest.current);
      if (next === null) return;
      event.preventDefault();
      place.current = next;
      reach();
    },
    [reach],
  );
  const stand = useCallback(
    (next: Place) => {
      place.current = { ...next };
      arrive();
    },
    [arrive],
  );
  const onFocus = useCallback(
    ({ target }: { target: EventTarget }) => {
      const cell = target instanceof HTMLElement ? target.dataset["cell"] : undefined;
      if (cell !== undefined) stand(placeAt(cell, latest.current));
    },
    [stand],
  );
  return useMemo(() => ({ stand, goTo, show, onKeyDown, onFocus }), [stand, goTo, show, onKeyDown, onFocus]);
}
