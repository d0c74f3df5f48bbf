import type { Formats } from "@desireline/map-core";
import { createContext, useContext } from "react";
import type { Behind } from "./asking.ts";
import type { View } from "./view.ts";

/** What every part of the page has at hand. */
export interface Explored {
  view: View;
  /** Says something else; what becomes undefined is no longer said. */
  change: (view: { [K in keyof View]?: View[K] | undefined }) => void;
  /** Shows the persons behind a figure. */
  open: (behind: Behind) => void;
  formats: Formats;
}

export const ExploredContext = createContext<Explored | null>(null);

export function useExplored(): Explored {
  const found = useContext(ExploredContext);
  if (found === null) throw new Error("This belongs on the page that explores.");
  return found;
}
