import type { JourneyMap } from "../types.ts";
import { applied, appliedAll, touchedBy } from "./apply.ts";
import { type MapChange, meeting, type Place } from "./changes.ts";
import { ChangeImpossible } from "./errors.ts";
import { did, heard, type History, historyOf, type Moved, redo, undo } from "./history.ts";

/** Changes that the server took in one go, as it tells everyone of them. */
export interface Entry {
  revision: number;
  session: string;
  by: string;
  at: string;
  changes: MapChange[];
  /** The version that was published here, if any. */
  version?: number | null;
}

/** A change of ours that cannot stand: somebody else wrote the same place, or took it away. */
export interface Lost {
  change: MapChange;
  place: Place;
  by: string;
}

/**
 * A draft that several edit at once, as one of them sees it. `history.map` is what she sees: the
 * map as the server has it, then what was sent, then what waits. Pure: every function gives a new
 * draft.
 */
export interface Draft {
  session: string;
  server: JourneyMap;
  revision: number;
  sent: MapChange[];
  waiting: MapChange[];
  history: History;
  lost: Lost[];
  /** Entries are missing between what is known and what came: the draft must be read anew. */
  stale: boolean;
}

/** The body of `POST /v1/maps/{key}/draft/changes`. */
export interface DraftRequest {
  base_revision: number;
  session: string;
  changes: MapChange[];
}

/** What the 409 of that request says beside its words. */
export interface DraftConflict {
  since: Entry[];
  conflicts: { index: number; place: Place; by: string }[];
}

export const openDraft = (map: JourneyMap, revision: number, session: string): Draft => ({
  session,
  server: map,
  revision,
  sent: [],
  waiting: [],
  history: historyOf(map),
  lost: [],
  stale: false,
});

/** Makes a change, to be sent. Throws ChangeImpossible. */
export const edited = (draft: Draft, change: MapChange, group: string | null = null): Draft => ({
  ...draft,
  history: did(draft.history, change, group),
  waiting: [...draft.waiting, change],
});

/** Takes the last own step back; the same draft where there is none. */
export const undone = (draft: Draft): Draft => moved(draft, undo(draft.history));

/** Makes it again; the same draft where there is nothing to make again. */
export const redone = (draft: Draft): Draft => moved(draft, redo(draft.history));

/** What waits, to be sent now; null while an answer is awaited or nothing waits. */
export function sending(draft: Draft): { draft: Draft; request: DraftRequest } | null {
  if (draft.sent.length > 0 || draft.waiting.length === 0) return null;
  const request = {
    base_revision: draft.revision,
    session: draft.session,
    changes: draft.waiting,
  };
  return { draft: { ...draft, sent: draft.waiting, waiting: [] }, request };
}

/** Takes in what the server tells: the answer to what was sent, or news of the stream. */
export function told(draft: Draft, entries: Entry[]): Draft {
  const news = entries.filter((e) => e.revision > draft.revision);
  return news.toSorted((a, b) => a.revision - b.revision).reduce(taken, draft);
}

/** The request did not come through: it is sent again, with what was done since. */
export const unsent = (draft: Draft): Draft => ({
  ...draft,
  sent: [],
  waiting: [...draft.sent, ...draft.waiting],
});

/** The server took nothing of what was sent: what cannot stand is lost, the rest waits again. */
export function refused(draft: Draft, { since, conflicts }: DraftConflict): Draft {
  const unfit = new Map(conflicts.map((c) => [c.index, c]));
  const lost = draft.sent.flatMap((change, at) => {
    const found = unfit.get(at);
    return found === undefined ? [] : [{ change, place: found.place, by: found.by }];
  });
  const rest = draft.sent.filter((_, at) => !unfit.has(at));
  const waiting = [...rest, ...draft.waiting];
  const left = { ...draft, sent: [], waiting, lost: [...draft.lost, ...lost] };
  return told(rebased(left, lost.map((l) => l.place), ""), since);
}

/** The reader has been told of the changes that were lost. */
export const acknowledged = (draft: Draft): Draft => ({ ...draft, lost: [] });

function taken(draft: Draft, entry: Entry): Draft {
  if (draft.stale || entry.revision !== draft.revision + 1) return { ...draft, stale: true };
  const own = entry.session === draft.session && draft.sent.length > 0;
  const places = own ? [] : entry.changes.flatMap(placesOn(draft.server));
  const server = appliedAll(draft.server, entry.changes);
  const next = { ...draft, server, revision: entry.revision, sent: own ? [] : draft.sent };
  return rebased(next, places, entry.by);
}

/** What is ours, on top of the map as the server has it now. */
function rebased(draft: Draft, places: Place[], by: string): Draft {
  const lost: Lost[] = [];
  // What is on its way is the server's to judge, so it is shown as long as it can be applied.
  let map = draft.sent.reduce((now, change) => attempt(now, change, [])[0] ?? now, draft.server);
  const waiting = draft.waiting.filter((change) => {
    const [next, place] = attempt(map, change, places);
    if (next === null) lost.push({ change, place, by });
    map = next ?? map;
    return next !== null;
  });
  const history = heard(draft.history, map, [...places, ...lost.map((l) => l.place)]);
  return { ...draft, waiting, history, lost: [...draft.lost, ...lost] };
}

function attempt(map: JourneyMap, change: MapChange, places: Place[]): [JourneyMap | null, Place] {
  try {
    const met = meeting(touchedBy(map, change), places);
    return met === null ? [applied(map, change), []] : [null, met];
  } catch (error) {
    if (error instanceof ChangeImpossible) return [null, error.place];
    throw error;
  }
}

function placesOn(map: JourneyMap): (change: MapChange) => Place[] {
  let now = map;
  return (change) => {
    const found = touchedBy(now, change);
    now = applied(now, change);
    return found;
  };
}

function moved(draft: Draft, found: Moved | null): Draft {
  if (found === null) return draft;
  return { ...draft, history: found.history, waiting: [...draft.waiting, found.change] };
}
