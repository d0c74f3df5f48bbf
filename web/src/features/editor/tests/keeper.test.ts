import {
  applied,
  type DraftRequest,
  type Entry,
  type JourneyMap,
  type MapChange,
  meeting,
  touchedBy,
} from "@desireline/map-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../../../api/problem.ts";
import { type DraftDoor, DraftKeeper } from "../draft/keeper.ts";
import { shop } from "../../../../packages/map-core/tests/changing.ts";

/** The server's rule, the slow and obvious way, behind a door that can be shut. */
class Server implements DraftDoor {
  map: JourneyMap = shop();
  entries: Entry[] = [];
  away = false;
  /** Takes what comes, and its answer is lost on the way. */
  mute = false;
  forgetful = false;
  requests = 0;

  async send({ base_revision, session, changes }: DraftRequest): Promise<Entry[]> {
    this.requests += 1;
    if (this.away) throw new Problem(0, {});
    const since = this.entries.filter((e) => e.revision > base_revision);
    const theirs = since.filter((e) => e.session !== session);
    const conflicts = changes.flatMap((change, index) => {
      const written = theirs.flatMap((e) => e.changes.flatMap((c) => touchedBy(this.map, c)));
      const place = meeting(touchedBy(this.map, change), written);
      return place === null ? [] : [{ index, place, by: theirs.at(-1)!.by, says: "" }];
    });
    if (conflicts.length > 0) {
      throw new Problem(409, { detail: "Somebody was there.", since, conflicts } as object);
    }
    this.take(session, changes);
    if (this.mute) throw new Problem(0, {});
    return [...since, this.entries.at(-1)!];
  }

  async since(revision: number): Promise<Entry[]> {
    if (this.away) throw new Problem(0, {});
    if (this.forgetful) throw new Problem(409, { detail: "This is not known." });
    return this.entries.filter((e) => e.revision > revision);
  }

  async read(): Promise<{ map: JourneyMap; revision: number }> {
    if (this.away) throw new Problem(0, {});
    return { map: this.map, revision: this.entries.length };
  }

  take(session: string, changes: MapChange[]): void {
    this.map = changes.reduce(applied, this.map);
    const revision = this.entries.length + 1;
    this.entries.push({ revision, session, by: session, at: "", changes });
  }
}

const cell = (touchpoint: string, text: string): MapChange => ({
  type: "set_cell",
  lane: "think",
  touchpoint,
  cell: { text },
});
const opened = (server: Server, session = "anna"): DraftKeeper =>
  new DraftKeeper({ map: server.map, revision: server.entries.length }, session, server);
const mapOf = (keeper: DraftKeeper): JourneyMap => keeper.state().draft.history.map;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a draft that is kept", () => {
  it("sends what was done, several changes at once, and says when it has arrived", async () => {
    const server = new Server();
    const keeper = opened(server);
    keeper.edit(cell("cart", "A"));
    keeper.edit(cell("order", "B"));
    expect(keeper.state().saved).toBe("saving");
    await vi.runAllTimersAsync();
    expect(keeper.state().saved).toBe("saved");
    expect(server.requests).toBe(1);
    expect(server.map).toEqual(mapOf(keeper));
  });

  it("undoes everything back to where it began, and the server with it", async () => {
    const server = new Server();
    const before = server.map;
    const keeper = opened(server);
    keeper.edit(cell("cart", "A"));
    await vi.runAllTimersAsync();
    keeper.edit({ type: "remove", part: "touchpoint", key: "order" });
    await vi.runAllTimersAsync();
    keeper.undo();
    keeper.undo();
    await vi.runAllTimersAsync();
    expect(server.map).toEqual(before);
    expect(keeper.state().saved).toBe("saved");
  });

  it("keeps what was done while the server is away, and sends it when it is back", async () => {
    const server = new Server();
    const keeper = opened(server);
    server.away = true;
    keeper.edit(cell("cart", "A"));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(keeper.state().saved).toBe("offline");
    keeper.edit(cell("order", "B"));
    expect(keeper.clean).toBe(false);
    server.away = false;
    await vi.runAllTimersAsync();
    expect(keeper.state().saved).toBe("saved");
    expect(server.map).toEqual(mapOf(keeper));
  });

  it("does nothing twice when only the answer was lost", async () => {
    const server = new Server();
    const keeper = opened(server);
    server.mute = true;
    keeper.edit({ type: "add", part: "stage", value: { key: "new", name: "New" } });
    await vi.advanceTimersByTimeAsync(400);
    server.mute = false;
    await vi.runAllTimersAsync();
    expect(keeper.state().saved).toBe("saved");
    expect(server.entries.length).toBe(1);
    expect(keeper.state().draft.lost).toEqual([]);
    expect(server.map).toEqual(mapOf(keeper));
  });

  it("overwrites nobody who was there while the connection was broken", async () => {
    const server = new Server();
    const keeper = opened(server);
    server.away = true;
    keeper.edit(cell("cart", "A"));
    await vi.advanceTimersByTimeAsync(400);
    expect(keeper.state().saved).toBe("offline");
    server.take("ben", [cell("cart", "B")]);
    keeper.hear(1, server.entries);
    keeper.edit(cell("order", "mine"));
    server.away = false;
    keeper.again();
    await vi.runAllTimersAsync();
    expect(keeper.state().draft.lost.map((one) => [one.by, one.change])).toEqual([["ben", cell("cart", "A")]]);
    expect(server.map.lanes[0]!.cells["cart"]!.text).toBe("B");
    expect(server.map.lanes[0]!.cells["order"]!.text).toBe("mine");
    expect(server.map).toEqual(mapOf(keeper));
  });

  it("tells what could not stand, and takes it again when it is wanted", async () => {
    const server = new Server();
    const keeper = opened(server);
    server.take("ben", [cell("cart", "B")]);
    keeper.edit(cell("cart", "A"));
    keeper.edit(cell("order", "mine"));
    await vi.runAllTimersAsync();
    const { lost } = keeper.state().draft;
    expect(lost.map((one) => one.by)).toEqual(["ben"]);
    expect(server.map.lanes[0]!.cells["cart"]!.text).toBe("B");
    expect(server.map.lanes[0]!.cells["order"]!.text).toBe("mine");
    keeper.letGo(lost[0]!);
    keeper.edit(lost[0]!.change);
    await vi.runAllTimersAsync();
    expect(keeper.state().draft.lost).toEqual([]);
    expect(server.map.lanes[0]!.cells["cart"]!.text).toBe("A");
  });

  it("hears of others, and is read anew where it is not told what they did", async () => {
    const server = new Server();
    const keeper = opened(server);
    server.take("ben", [cell("cart", "B")]);
    keeper.hear(1, server.entries);
    expect(mapOf(keeper).lanes[0]!.cells["cart"]!.text).toBe("B");
    server.take("ben", [cell("cart", "C")]);
    keeper.hear(2, []);
    await vi.runAllTimersAsync();
    expect(mapOf(keeper)).toEqual(server.map);
    expect(keeper.state().saved).toBe("saved");
  });

  it("loses nothing in silence when it is read anew", async () => {
    const server = new Server();
    const keeper = opened(server);
    server.away = true;
    keeper.edit(cell("cart", "A"));
    await vi.advanceTimersByTimeAsync(400);
    server.away = false;
    server.forgetful = true;
    await vi.runAllTimersAsync();
    expect(mapOf(keeper)).toEqual(server.map);
    expect(keeper.state().draft.lost.map((one) => one.change)).toEqual([cell("cart", "A")]);
  });

  it("stops where it is not allowed to go on, and begins again when asked", async () => {
    const server = new Server();
    const keeper = opened(server);
    const send = server.send.bind(server);
    server.send = async () => {
      throw new Problem(403, { detail: "You may not." });
    };
    keeper.edit(cell("cart", "A"));
    await vi.runAllTimersAsync();
    expect(keeper.state().saved).toBe("stopped");
    expect(keeper.clean).toBe(false);
    server.send = send;
    keeper.again();
    await vi.runAllTimersAsync();
    expect(keeper.state().saved).toBe("saved");
    expect(server.map).toEqual(mapOf(keeper));
  });
});
