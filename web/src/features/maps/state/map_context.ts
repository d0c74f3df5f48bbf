import type { Column, FlowEdge, Formats, Pointed, ViewState } from "@desireline/map-core";
import { createContext, useContext } from "react";
import type { MapModel } from "./map_model.ts";

/** Part of the panel that a number leads to. */
export type Door = "top" | "journeys" | "neighbours" | "waits" | "outcome";

export interface MapScene extends MapModel {
  formats: Formats;
  view: ViewState;
  change: (part: Partial<ViewState>) => void;
  shown: Column[]; // columns after the filter
  flow: FlowEdge[]; // steps after the slider
  lit: Pointed | null; // a path that was chosen in the panel or in the journeys
  setLit: (pointed: Pointed | null) => void;
  open: (key: string, door?: Door) => void;
  close: () => void;
  door: Door;
}

export const MapContext = createContext<MapScene | null>(null);

/** The map that is on the screen. */
export function useMap(): MapScene {
  const scene = useContext(MapContext);
  if (scene === null) throw new Error("a part of the map stands outside a MapView");
  return scene;
}
