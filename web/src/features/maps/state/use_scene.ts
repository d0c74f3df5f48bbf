import {
  filterColumns,
  type FlowEdge,
  type MapFile,
  pathSteps,
  type Pointed,
  shownFlow,
  stepId,
  stopAt,
} from "@desireline/map-core";
import { useCallback, useMemo, useRef, useState } from "react";
import { useFormats } from "../../../app/formats.ts";
import type { Door, MapLook, MapScene } from "./map_context.ts";
import { type MapModel, modelOf } from "./map_model.ts";
import { useViewState } from "./view_state.ts";

/** The place that had the focus, found again even when its element was drawn anew. */
function placeOf(element: Element | null): () => HTMLElement | null {
  const cell = element?.closest("[data-cell]")?.getAttribute("data-cell") ?? null;
  return () => {
    if (element instanceof HTMLElement && element.isConnected && element !== document.body) {
      return element;
    }
    return cell === null ? null : document.querySelector<HTMLElement>(`[data-cell="${cell}"]`);
  };
}

/** Everything that the parts of the map share. */
export function useScene(file: MapFile): { scene: MapScene; look: MapLook } {
  const model = useSteadyModel(file);
  const formats = useFormats();
  const [view, change] = useViewState();
  const [lit, setLit] = useState<Pointed | null>(() => litPath(file, view.path));
  const [door, setDoor] = useState<Door>("top");
  const opener = useRef<() => HTMLElement | null>(() => null);
  const scrolled = useRef<number | null>(null);
  const shown = useMemo(() => filterColumns(model.columns, view.filter), [model, view.filter]);
  const least = view.least ?? model.calmLeast;
  const flow = useMemo(
    () => withPath(shownFlow(file.figures.flow, least), file.figures.flow, lit),
    [file, least, lit],
  );

  const open = useCallback(
    (key: string, to: Door = "top") => {
      const from = document.activeElement;
      if (!from?.closest("[data-panel]")) {
        opener.current = placeOf(from);
        scrolled.current = document.querySelector("[data-scroller]")?.scrollLeft ?? null;
      }
      setDoor(to);
      change({ open: key });
    },
    [change],
  );
  const close = useCallback(() => {
    change({ open: null, path: null });
    setLit(null);
    requestAnimationFrame(() => {
      const scroller = document.querySelector("[data-scroller]");
      if (scroller !== null && scrolled.current !== null) scroller.scrollLeft = scrolled.current;
      requestAnimationFrame(() => opener.current()?.focus({ preventScroll: true }));
    });
  }, [change]);

  const scene = useMemo(
    () => ({ ...model, formats, change, setLit, open, close }),
    [model, formats, change, open, close],
  );
  const look = useMemo(() => ({ view, shown, flow, lit, door }), [view, shown, flow, lit, door]);
  return { scene, look };
}

/**
 * The model of a file. The slider's calm position is found once for a version of the map: figures
 * that change must not make steps come and go.
 */
function useSteadyModel(file: MapFile): MapModel {
  const now = useMemo(() => modelOf(file), [file]);
  const [first, setFirst] = useState(now);
  const same = sameMap(first.file, file);
  if (!same) setFirst(now);
  const { calmLeast } = same ? first : now;
  return useMemo(
    () => ({ ...now, calmLeast, calm: stopAt(now.stops, calmLeast) }),
    [now, calmLeast],
  );
}

const sameMap = (a: MapFile, b: MapFile): boolean =>
  a.map.key === b.map.key && a.map.version === b.map.version;

/** The steps of a chosen path are shown, however rare they are. */
function withPath(flow: FlowEdge[], all: FlowEdge[], lit: Pointed | null): FlowEdge[] {
  if (lit?.kind !== "path") return flow;
  const ids = new Set(pathSteps(lit.keys));
  const shown = new Set(flow);
  return all.filter((edge) => shown.has(edge) || ids.has(stepId(edge)));
}

function litPath(file: MapFile, path: number | null): Pointed | null {
  const keys = path === null ? undefined : file.figures.variants.top[path]?.keys;
  return keys === undefined ? null : { kind: "path", keys };
}
