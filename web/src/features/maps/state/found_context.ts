import { type ComponentType, createContext, useContext } from "react";
import type { Findings } from "../found/finding.ts";

interface OfTouchpoint {
  touchpoint: string;
}

/**
 * What was found of a map, with the parts that show it: they come with the findings, so that a page
 * from disk, which has none, does not carry them.
 */
export interface FoundScene {
  /** The map they are of. */
  map: string;
  findings: Findings;
  Lane: ComponentType;
  Chips: ComponentType<OfTouchpoint>;
  Part: ComponentType<OfTouchpoint>;
}

export const FoundContext = createContext<FoundScene | null>(null);

/** What was found, for the parts that show it. */
export function useFound(): FoundScene {
  const found = useContext(FoundContext);
  if (found === null) throw new Error("a part about findings stands where nothing was found");
  return found;
}
