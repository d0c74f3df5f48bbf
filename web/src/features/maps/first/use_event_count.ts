import { useEffect, useState } from "react";
import { hear } from "../live/stream.ts";

const LOG = { stream: "/v1/live" };

/** How many events the log has, as they come. */
export function useEventCount(): number {
  const [count, setCount] = useState(0);
  useEffect(
    () =>
      hear(LOG, (told) => {
        if (told.kind === "pulse") setCount(told.pulse.position);
      }),
    [],
  );
  return count;
}
