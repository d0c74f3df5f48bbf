/** Where a page hears of news: what the server writes into the page beside the map file. */
export interface LiveSource {
  /** Address of the stream, on the server that the page came from. */
  stream: string;
  /** Id of the map file in the page. */
  after?: string;
  /** Revision of the draft at hand: who edits hears of the draft and not of the figures. */
  revision?: () => number;
}

export interface Pulse {
  position: number; // events in the log
  last_minute: number; // of which so many came within the last minute
  at: string;
}

/** How fresh the page is. */
export type LiveState =
  | { kind: "connecting" }
  | { kind: "live"; lastMinute: number }
  | { kind: "reconnecting" }
  | { kind: "stale"; since: number };

/** What is known of the stream; times in milliseconds. */
export interface Hearing {
  opened: number; // when the page was opened
  heard: number | null; // when the stream last said anything
  lost: boolean; // the connection broke since
  lastMinute: number;
}

/** The server says something every 5 seconds; after three times that it is gone. */
export const SILENT_MS = 15_000;
/** A short break is nothing to worry about; a longer one makes the figures old. */
export const STALE_MS = 30_000;

/** The state that a reader is told, at the moment `now`. */
export function liveState(hearing: Hearing, now: number): LiveState {
  const { heard, opened, lost, lastMinute } = hearing;
  if (heard !== null && !lost && now - heard < SILENT_MS) return { kind: "live", lastMinute };
  const since = heard ?? opened;
  if (now - since >= STALE_MS) return { kind: "stale", since };
  return { kind: heard === null && !lost ? "connecting" : "reconnecting" };
}
