import { describe, expect, it } from "vitest";
import {
  appliedAll,
  acknowledged,
  applied,
  ChangeImpossible,
  type Draft,
  type DraftConflict,
  type DraftRequest,
  edited,
  type Entry,
  type JourneyMap,
  type MapChange,
  meeting,
  openDraft,
  type Place,
  redone,
  refused,
  sending,
  told,
  touchedBy,
  undone,
  unsent,
} from "../src/index.ts";
import { possibleChange, randomOf, shop } from "./changing.ts";

/** The server's rule, the slow and obvious way. */
class Server {
  map: JourneyMap = shop();
  entries: Entry[] = [];

  post(request: DraftRequest): Entry[] | DraftConflict {
    const since = this.entries.filter((e) => e.revision > request.base_revision);
    const others = since.filter((e) => e.session !== request.session);
    const written: { place: Place; by: string }[] = others.flatMap((e) =>
      this.placesOf(e).map((place) => ({ place, by: e.by })),
    );
    const conflicts: DraftConflict["conflicts"] = [];
    let map = this.map;
    request.changes.forEach((change, index) => {
      try {
        const places = touchedBy(map, change);
        const met = written.find((w) => meeting(places, [w.place]) !== null);
        if (met === undefined) map = applied(map, change);
        else conflicts.push({ index, place: meeting(places, [met.place])!, by: met.by });
      } catch (error) {
        if (!(error instanceof ChangeImpossible)) throw error;
        conflicts.push({ index, place: error.place, by: "" });
      }
    });
    if (conflicts.length > 0) return { since, conflicts };
    this.map = map;
    const entry = {
      revision: this.entries.length + 1,
      session: request.session,
      by: request.session,
      at: "",
      changes: request.changes,
    };
    this.entries.push(entry);
    return [...since, entry];
  }

  private placesOf(entry: Entry): Place[] {
    let map = appliedAll(
      shop(),
      this.entries.filter((e) => e.revision < entry.revision).flatMap((e) => e.changes),
    );
    return entry.changes.flatMap((change) => {
      const places = touchedBy(map, change);
      map = applied(map, change);
      return places;
    });
  }
}

function synced(draft: Draft, server: Server): Draft {
  const found = sending(draft);
  if (found === null) return draft;
  const answer = server.post(found.request);
  return Array.isArray(answer) ? told(found.draft, answer) : refused(found.draft, answer);
}

const open = (session: string): Draft => openDraft(shop(), 0, session);
const cell = (touchpoint: string, text: string): MapChange => ({
  type: "set_cell",
  lane: "think",
  touchpoint,
  cell: { text },
});
const textOf = (map: JourneyMap, key: string): string | undefined =>
  map.lanes[0]!.cells[key]?.text;

describe("two on one draft", () => {
  it("who do not meet have both what both did", () => {
    const server = new Server();
    let anna = synced(edited(open("anna"), cell("cart", "A")), server);
    let ben = synced(edited(open("ben"), cell("order", "B")), server);
    anna = told(anna, server.entries);
    expect(anna.history.map).toEqual(server.map);
    expect(ben.history.map).toEqual(server.map);
    expect(textOf(server.map, "cart") + textOf(server.map, "order")!).toBe("AB");
    ben = undone(ben);
    ben = synced(ben, server);
    expect(textOf(server.map, "cart")).toBe("A");
    expect(textOf(server.map, "order")).toBeUndefined();
    expect(textOf(synced(redone(ben), server).history.map, "order")).toBe("B");
  });

  it("who write the same cell: the second is told, and what the first wrote stays", () => {
    const server = new Server();
    synced(edited(open("anna"), cell("cart", "A")), server);
    let ben = edited(edited(open("ben"), cell("cart", "B")), cell("order", "B too"));
    ben = synced(ben, server);
    expect(ben.lost).toEqual([
      { change: cell("cart", "B"), place: ["lane", "think", "cells", "cart"], by: "anna" },
    ]);
    expect(textOf(ben.history.map, "cart")).toBe("A");
    ben = synced(ben, server);
    expect(textOf(server.map, "order")).toBe("B too");
    expect(acknowledged(ben).lost).toEqual([]);
  });

  it("hears of it before sending, too", () => {
    const server = new Server();
    let ben = edited(open("ben"), cell("cart", "B"));
    synced(edited(open("anna"), { type: "remove", part: "touchpoint", key: "cart" }), server);
    ben = told(ben, server.entries);
    expect(ben.lost.map((l) => l.by)).toEqual(["anna"]);
    expect(ben.waiting).toEqual([]);
    expect(ben.history.map).toEqual(server.map);
  });

  it("sends again what did not come through, once", () => {
    const server = new Server();
    const ben = edited(open("ben"), cell("cart", "B"));
    const again = synced(unsent(sending(ben)!.draft), server);
    expect(textOf(again.history.map, "cart")).toBe("B");
    expect(sending(again)).toBeNull();
  });

  it("says when entries are missing", () => {
    const entry: Entry = { revision: 2, session: "x", by: "x", at: "", changes: [] };
    expect(told(open("ben"), [entry]).stale).toBe(true);
  });

  it("come to the same map in the end, whatever they do and in whatever order it comes", () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const random = randomOf(seed);
      const server = new Server();
      const drafts = ["anna", "ben", "cleo"].map(open);
      for (let n = 0; n < 60; n += 1) {
        const at = Math.floor(random() * drafts.length);
        const draft = drafts[at]!;
        const act = random();
        if (act < 0.5) drafts[at] = edited(draft, possibleChange(random, draft.history.map));
        else if (act < 0.6) drafts[at] = undone(draft);
        else if (act < 0.65) drafts[at] = redone(draft);
        else if (act < 0.8) drafts[at] = told(draft, server.entries);
        else drafts[at] = synced(draft, server);
      }
      for (let n = 0; n < 20; n += 1) drafts.forEach((draft, at) => (drafts[at] = synced(draft, server)));
      for (const draft of drafts) {
        const last = told(draft, server.entries);
        expect(last.history.map).toEqual(server.map);
        expect(last.server).toEqual(server.map);
        expect(last.waiting).toEqual([]);
      }
      expect(appliedAll(shop(), server.entries.flatMap((e) => e.changes))).toEqual(server.map);
    }
  });
});
