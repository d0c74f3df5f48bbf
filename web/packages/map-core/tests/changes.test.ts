import { describe, expect, it } from "vitest";
import {
  applied,
  appliedAll,
  ChangeImpossible,
  copyLane,
  copyStage,
  copyTouchpoints,
  did,
  freshKey,
  heard,
  historyOf,
  inverseOf,
  type JourneyMap,
  lawful,
  type MapChange,
  meeting,
  redo,
  touchedBy,
  undo,
} from "../src/index.ts";
import { CASES, possibleChange, randomOf, shop, strayKeys } from "./changing.ts";

const stagesOf = (map: JourneyMap): string =>
  map.stages.map((s) => [`${s.key}:`, ...s.touchpoints.map((t) => t.key)].join(" ")).join("; ");

const atPath = (map: JourneyMap, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>((held, step) => (held as Record<string, unknown> | undefined)?.[step], map) ??
  null;

const codeOf = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (error instanceof ChangeImpossible) return error.code;
    throw error;
  }
  return "nothing was thrown";
};

describe("the table that the server has too", () => {
  it.each(CASES.filter((c) => c.error === undefined))("$name", (row) => {
    const { change, stages, holds, touched } = row;
    const before = shop();
    const after = applied(before, change);
    expect(stages === undefined ? undefined : stagesOf(after)).toBe(stages);
    for (const [path, value] of Object.entries(holds ?? {})) {
      expect(atPath(after, path)).toEqual(value);
    }
    const places = new Set(touchedBy(before, change).map((p) => JSON.stringify(p)));
    expect(places).toEqual(new Set(touched!.map((p) => JSON.stringify(p))));
    expect(applied(after, inverseOf(before, change))).toEqual(before);
    expect(before).toEqual(shop());
  });

  it.each(CASES.filter((c) => c.error !== undefined))("$name", ({ change, error }) => {
    expect(codeOf(() => applied(shop(), change))).toBe(error);
  });
});

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

describe("any sequence of changes", () => {
  it("leaves no trace when undone, and comes back when redone", () => {
    for (const seed of SEEDS) {
      const random = randomOf(seed);
      let history = historyOf(shop());
      for (let n = 0; n < 25; n += 1) {
        const change = JSON.parse(JSON.stringify(possibleChange(random, history.map))) as MapChange;
        history = did(history, change);
      }
      const end = history.map;
      for (let found = undo(history); found !== null; found = undo(history)) history = found.history;
      expect(history.map).toEqual(shop());
      for (let found = redo(history); found !== null; found = redo(history)) history = found.history;
      expect(history.map).toEqual(end);
    }
  });

  it("never speaks of what is not there", () => {
    for (const seed of SEEDS) {
      const random = randomOf(seed + 1000);
      let map = shop();
      for (let n = 0; n < 40; n += 1) {
        map = applied(map, possibleChange(random, map));
        expect(strayKeys(map)).toEqual([]);
        expect(lawful(map)).toBe(map);
      }
    }
  });

  it("shares what it does not touch", () => {
    const before = shop();
    const after = applied(before, { type: "set", part: "stage", key: "buy", field: "name", value: "B" });
    expect(after.stages[0]).toBe(before.stages[0]);
    expect(after.lanes).toBe(before.lanes);
  });
});

describe("history", () => {
  const typed = (text: string): MapChange => ({
    type: "set_cell",
    lane: "think",
    touchpoint: "order",
    cell: { text },
  });

  it("undoes the letters of a cell as one", () => {
    let history = historyOf(shop());
    for (const text of ["H", "Hm", "Hm?"]) history = did(history, typed(text), "order");
    expect(history.done).toHaveLength(1);
    const back = undo(history)!;
    expect(back.history.map).toEqual(shop());
    expect(redo(back.history)!.history.map).toEqual(history.map);
  });

  it("joins a drag of several places too", () => {
    let history = historyOf(shop());
    for (const key of ["cart", "order"]) {
      history = did(history, { type: "move", part: "touchpoint", key, stage: "keep" }, "drag");
    }
    expect(history.done).toHaveLength(1);
    const back = undo(history)!;
    expect(back.history.map).toEqual(shop());
    expect(redo(back.history)!.history.map).toEqual(history.map);
  });

  it("forgets what was undone once something else is done", () => {
    const back = undo(did(historyOf(shop()), typed("H")))!.history;
    expect(redo(did(back, typed("other")))).toBeNull();
  });

  it("does not take back what others have changed since", () => {
    const history = did(did(historyOf(shop()), typed("mine")), {
      type: "set",
      part: "stage",
      key: "buy",
      field: "name",
      value: "B",
    });
    const theirs = typed("theirs");
    const now = heard(history, applied(history.map, theirs), touchedBy(history.map, theirs));
    const back = undo(now)!.history;
    expect(back.map.stages[1]!.name).toBe("Buy");
    expect(back.map.lanes[0]!.cells["order"]!.text).toBe("theirs");
    expect(undo(back)).toBeNull();
  });
});

describe("meeting", () => {
  it("says where, the longer place of the two", () => {
    expect(meeting([["touchpoint", "cart"]], [["touchpoint", "cart", "name"]])).toEqual([
      "touchpoint",
      "cart",
      "name",
    ]);
    expect(meeting([["touchpoint", "cart"]], [["touchpoint", "cart_2"]])).toBeNull();
    expect(meeting([[]], [["map", "name"]])).toEqual(["map", "name"]);
  });
});

describe("copying", () => {
  it("brings touchpoints with their cells under keys of their own", () => {
    const change = copyTouchpoints(shop(), ["ad", "search"], shop(), "keep");
    const after = applied(shop(), change);
    expect(stagesOf(after)).toBe("look: ad search; buy: cart order; keep: ad_2 search_2");
    expect(after.stages[2]!.touchpoints[1]!.alternative_to).toBe("ad_2");
    expect(after.lanes[0]!.cells["ad_2"]!.text).toBe("Nice cat");
    expect(applied(after, inverseOf(shop(), change))).toEqual(shop());
  });

  it("brings the lanes that the other map has not", () => {
    const other: JourneyMap = { ...shop(), key: "other", lanes: [] };
    const after = applied(other, copyStage(shop(), "buy", other, 0));
    expect(stagesOf(after)).toBe("buy_2: cart_2 order_2; look: ad search; buy: cart order; keep:");
    expect(after.lanes.map((l) => l.key)).toEqual(["think", "emotion"]);
    expect(after.lanes[1]!.cells["cart_2"]!.value).toBe(-1);
  });

  it("keeps a lane apart that has the same key and another kind", () => {
    const kind: MapChange = { type: "set", part: "lane", key: "think", field: "kind", value: "say" };
    const other = applied(shop(), kind);
    const after = applied(other, copyTouchpoints(shop(), ["ad"], other, "keep"));
    expect(after.lanes.map((l) => l.key)).toEqual(["think", "emotion", "think_2"]);
  });

  it("brings a lane with the cells of touchpoints that both have", () => {
    const other = applied(shop(), { type: "remove", part: "touchpoint", key: "ad" });
    const after = appliedAll(other, [copyLane(shop(), "think", other)]);
    expect(Object.keys(after.lanes[2]!.cells)).toEqual(["search", "cart"]);
  });

  it("makes keys of names", () => {
    expect(freshKey("Cart viewed!", [])).toBe("cart_viewed");
    expect(freshKey("Żółw", ["zołw"])).toBe("zołw_2");
    expect(freshKey("…", [])).toBe("part");
  });
});
