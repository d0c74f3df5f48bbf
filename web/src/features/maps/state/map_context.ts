import type { Column, FlowEdge, Formats, Pointed, ViewState } from "@desireline/map-core";
import { createContext, type ReactNode, useContext } from "react";
import type { MapModel } from "./map_model.ts";

/** Part of the panel that a number leads to. */
export type Door = "top" | "journeys" | "neighbours" | "waits" | "outcome" | "found";

/** What stays as long as the file does; hundreds of cells read it and are not drawn anew. */
export interface MapScene extends MapModel {
  formats: Formats;
  change: (part: Partial<ViewState>) => void;
  setLit: (pointed: Pointed | null) => void;
  open: (key: string, door?: Door) => void;
  close: () => void;
}

/** What clicks and keys change. */
export interface MapLook {
  view: ViewState;
  shown: Column[]; // columns after the filter
  flow: FlowEdge[]; // steps after the slider
  lit: Pointed | null; // a path that was chosen in the panel or in the journeys
  door: Door;
}

export const MapContext = createContext<MapScene | null>(null);
export const LookContext = createContext<MapLook | null>(null);

function present<T>(context: T | null): T {
  if (context === null) throw new Error("a part of the map stands outside a MapView");
  return context;
}

/** What else is known of a touchpoint of a map; a page from disk knows nothing else. */
export type More = (map: string, touchpoint: string) => ReactNode;
export const MoreContext = createContext<More | null>(null);

/** The map that is on the screen. */
export function useMap(): MapScene {
  return present(useContext(MapContext));
}

/** What of the map one looks at. */
export function useLook(): MapLook {
  return present(useContext(LookContext));
}
