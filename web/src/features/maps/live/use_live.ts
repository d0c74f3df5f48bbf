import {
  type Hearing,
  type LiveSource,
  type LiveState,
  liveState,
  type MapFile,
  patched,
} from "@desireline/map-core";
import { createContext, startTransition, useContext, useEffect, useState } from "react";
import { hear } from "./stream.ts";

const LOOK_MS = 1_000;

/** How fresh the page is; null on a page from disk. */
export const LiveContext = createContext<LiveState | null>(null);

export const useLiveState = (): LiveState | null => useContext(LiveContext);

/** The map file as it is now, and how fresh it is; both stay as they are without a source. */
export function useLiveFile(
  first: MapFile,
  live: LiveSource | null,
): { file: MapFile; state: LiveState | null } {
  const [held, setHeld] = useState({ first, file: first });
  const [state, setState] = useState<LiveState>(CONNECTING);
  useEffect(() => {
    if (live === null) return undefined;
    const hearing: Hearing = { opened: Date.now(), heard: null, lost: false, lastMinute: 0 };
    let last = first;
    const look = (): void => setState((before) => same(before, liveState(hearing, Date.now())));
    const stop = hear(live, (told) => {
      if (told.kind === "lost") hearing.lost = true;
      else if (told.kind === "resumed") {
        Object.assign(hearing, { opened: Date.now(), heard: null, lost: false });
      } else {
        hearing.heard = Date.now();
        hearing.lost = false;
      }
      if (told.kind === "pulse") hearing.lastMinute = told.pulse.last_minute;
      if (told.kind === "figures") last = told.file;
      if (told.kind === "change") last = patched(last, told.changes);
      const file = last;
      startTransition(() => setHeld({ first, file }));
      look();
    });
    const timer = window.setInterval(look, LOOK_MS);
    return () => {
      stop();
      window.clearInterval(timer);
    };
  }, [first, live]);
  // Another file to begin with: what was heard of the one before counts no more.
  const file = held.first === first ? held.file : first;
  return { file, state: live === null ? null : state };
}

const CONNECTING: LiveState = { kind: "connecting" };

/** The state before where nothing changed, so that nothing is drawn anew. */
function same(before: LiveState, now: LiveState): LiveState {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
