import type { Formats } from "@desireline/map-core";
import { createContext, useContext } from "react";
import type { Behind } from "../explore/asking.ts";
import type { Change, Dashboard } from "./queries.ts";
import type { Whole } from "./whole.ts";

/** What every tile of a dashboard has at hand. */
export interface Board {
  board: Dashboard;
  whole: Whole;
  formats: Formats;
  mayChange: boolean;
  change: (change: Change) => void;
  behind: Behind | null;
  /** Shows the persons behind a figure. */
  open: (behind: Behind | null) => void;
}

export const BoardContext = createContext<Board | null>(null);

export function useBoard(): Board {
  const found = useContext(BoardContext);
  if (found === null) throw new Error("This belongs on a dashboard.");
  return found;
}
