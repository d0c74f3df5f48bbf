import type { LiveSource } from "@desireline/map-core";
import { useEffect, useState } from "react";
import { hear } from "../live/stream.ts";

/** How many events the log has, as they come. */
export function useEventCount(live: LiveSource): number {
  const [count, setCount] = useState(0);
  useEffect(
    () =>
      hear(live, (told) => {
        if (told.kind === "pulse") setCount(told.pulse.position);
      }),
    [live],
  );
  return count;
}
