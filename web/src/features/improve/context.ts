import type { JourneyMap } from "@desireline/map-core";
import { createContext, useContext } from "react";
import type { Card } from "./board.ts";
import type { Improvement, Opportunity } from "./queries.ts";

/** What every part of the board has at hand. */
export interface OnBoard {
  map: JourneyMap;
  /** Whether one may change what lies here. */
  may: boolean;
  cards: Card[];
  opportunities: Opportunity[];
  improvements: Improvement[];
  /** Opens a card beside the board; null closes it. */
  open: (id: string | null) => void;
}

export const BoardContext = createContext<OnBoard | null>(null);

export function useBoard(): OnBoard {
  const found = useContext(BoardContext);
  if (found === null) throw new Error("This belongs on the board.");
  return found;
}

/** The name of a touchpoint; its key where the map has it no more. */
export function useTouchpoint(): (key: string) => string {
  const { map } = useBoard();
  return (key) =>
    map.stages.flatMap((stage) => stage.touchpoints).find((point) => point.key === key)?.name ?? key;
}
