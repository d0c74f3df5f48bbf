import type { Change, Entry, LiveSource, MapFile, Pulse } from "@desireline/map-core";
import { SILENT_MS } from "@desireline/map-core";

/** Somebody who has the draft open, and what of it. */
export interface Present {
  session: string;
  by: string;
  /** `touchpoint/cart`, `cell/think/cart`, or nothing. */
  place: string;
}

export type Told =
  | { kind: "figures"; file: MapFile }
  | { kind: "change"; changes: Change[] }
  | { kind: "pulse"; pulse: Pulse }
  | { kind: "draft"; revision: number; entries: Entry[] }
  | { kind: "here"; here: Present[] }
  | { kind: "lost" }
  | { kind: "resumed" };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A tab that nobody sees gives its connection back: browsers allow six to a server. */
const HIDDEN_MS = 30_000;

/**
 * Hears a stream until the returned function is called. A browser comes back by itself after a
 * break, but not after an answer that is no stream (a server that starts, a sign-in that ended), nor
 * from a connection that has silently died: then we ask anew, each time a little later. While
 * nobody sees the page, it rests.
 */
export function hear(live: LiveSource, tell: (told: Told) => void): () => void {
  let source: EventSource | null = null;
  let timer = 0;
  let silence = 0;
  let wait = FIRST_WAIT_MS;
  let last = live.after ?? null;
  let hidden = 0;
  let resting = false;

  const alive = (): void => {
    wait = FIRST_WAIT_MS;
    window.clearTimeout(silence);
    silence = window.setTimeout(again, SILENT_MS);
  };
  const again = (): void => {
    source?.close();
    window.clearTimeout(timer);
    tell({ kind: "lost" });
    timer = window.setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };
  const told = <T>(event: Event, make: (data: T) => Told): void => {
    const message = event as MessageEvent<string>;
    alive();
    if (message.lastEventId !== "") last = message.lastEventId;
    try {
      tell(make(JSON.parse(message.data) as T));
    } catch {
      last = null; // what we have does not fit what came: ask for the whole
      again();
    }
  };
  const open = (): void => {
    const address = new URL(live.stream, window.location.href);
    if (last !== null) address.searchParams.set("after", last);
    if (live.revision !== undefined) {
      address.searchParams.set("revision", String(live.revision()));
      address.searchParams.set("figures", "false");
    }
    source = new EventSource(address);
    source.addEventListener("figures", (event) =>
      told<MapFile>(event, (file) => ({ kind: "figures", file })),
    );
    source.addEventListener("change", (event) =>
      told<Change[]>(event, (changes) => ({ kind: "change", changes })),
    );
    source.addEventListener("pulse", (event) =>
      told<Pulse>(event, (pulse) => ({ kind: "pulse", pulse })),
    );
    source.addEventListener("draft", (event) =>
      told<{ revision: number; entries: Entry[] }>(event, (news) => ({ kind: "draft", ...news })),
    );
    source.addEventListener("here", (event) =>
      told<{ here: Present[] }>(event, (news) => ({ kind: "here", ...news })),
    );
    source.addEventListener("error", () => {
      if (source?.readyState === EventSource.CLOSED) again();
      else tell({ kind: "lost" });
    });
  };
  const stop = (): void => {
    source?.close();
    window.clearTimeout(timer);
    window.clearTimeout(silence);
  };
  const look = (): void => {
    window.clearTimeout(hidden);
    if (document.visibilityState === "hidden") {
      hidden = window.setTimeout(() => {
        stop();
        resting = true;
      }, HIDDEN_MS);
    } else if (resting) {
      resting = false;
      tell({ kind: "resumed" });
      open();
    }
  };
  document.addEventListener("visibilitychange", look);
  open();
  return () => {
    stop();
    window.clearTimeout(hidden);
    document.removeEventListener("visibilitychange", look);
  };
}
