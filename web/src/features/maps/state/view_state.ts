import { readHash, START, type ViewState, writeHash } from "@desireline/map-core";
import { useCallback, useEffect, useState } from "react";

function write(state: ViewState): void {
  const hash = writeHash(state);
  if (hash === window.location.hash) return;
  const here = window.location.href.split("#")[0]!;
  window.history.replaceState(null, "", `${here}${hash === "" ? "#" : hash}`);
}

/** The view's state, kept in the address so that a link or a reload opens the same view. */
export function useViewState(): [ViewState, (change: Partial<ViewState>) => void] {
  const [state, setState] = useState<ViewState>(() => readHash(window.location.hash));
  useEffect(() => {
    const follow = (): void => setState(readHash(window.location.hash));
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => write(state), [state]);
  const change = useCallback(
    (part: Partial<ViewState>) => setState((before) => ({ ...START, ...before, ...part })),
    [],
  );
  return [state, change];
}
