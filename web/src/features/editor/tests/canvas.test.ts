import { applied, type JourneyMap, type MapChange } from "@desireline/map-core";
import { describe, expect, it } from "vitest";
import { shop } from "../../../../packages/map-core/tests/changing.ts";
import { copiedText, pastedChange } from "../canvas/clipboard.ts";
import { editColumns, isEmpty } from "../canvas/columns.ts";
import { gapsFor, gapOf, type Movable, movedInto, nextGap, nudged } from "../canvas/moves.ts";
import { withoutFigures } from "../canvas/no_figures.ts";
import { gapAtColumn } from "../canvas/use_drag.ts";
import { cellAt, type Ground, nextPlace, placeAt, settled } from "../canvas/walk.ts";

const NO_FIGURES = withoutFigures(shop()).figures;
const order = (map: JourneyMap): string =>
  map.stages.map((s) => `${s.key}: ${s.touchpoints.map((t) => t.key).join(" ")}`).join("; ");
const after = (map: JourneyMap, change: MapChange | null): JourneyMap =>
  change === null ? map : applied(map, change);
const touchpoints = (map: JourneyMap): string[] => map.stages.flatMap((s) => s.touchpoints.map((t) => t.key));

describe("a part that is moved", () => {
  it("stands where the line was, for every part and every gap", () => {
    const map = shop();
    for (const key of touchpoints(map)) {
      const moved: Movable = { part: "touchpoint", key };
      for (const gap of gapsFor(map, moved)) {
        const stage = map.stages.find((s) => s.key === gap.stage)!;
        const before = stage.touchpoints.slice(0, gap.at).map((t) => t.key).filter((one) => one !== key);
        const found = after(map, movedInto(map, moved, gap)).stages.find((s) => s.key === gap.stage)!;
        expect(found.touchpoints.map((t) => t.key).indexOf(key)).toBe(before.length);
      }
    }
  });

  it("walks through all of the map by single steps, and back again", () => {
    const moved: Movable = { part: "touchpoint", key: touchpoints(shop())[0]! };
    const seen = [order(shop())];
    let map = shop();
    for (let change = nudged(map, moved, 1); change !== null; change = nudged(map, moved, 1)) {
      map = applied(map, change);
      seen.push(order(map));
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const state of seen.toReversed().slice(1)) {
      map = after(map, nudged(map, moved, -1));
      expect(order(map)).toBe(state);
    }
    expect(nudged(map, moved, -1)).toBeNull();
  });

  it("stays at the ends", () => {
    const map = shop();
    const moved: Movable = { part: "stage", key: map.stages[0]!.key };
    expect(nextGap(map, moved, gapOf(map, moved)!, -1)).toEqual({ at: 0, stage: null });
    expect(movedInto(map, moved, { at: 1, stage: null })).toBeNull();
    expect(movedInto(map, { part: "lane", key: "none" }, { at: 0, stage: null })).toBeNull();
  });

  it("goes to the gap nearest to the pointer", () => {
    const map = shop();
    const columns = editColumns(map.stages, NO_FIGURES);
    columns.forEach((column, at) => {
      if (isEmpty(column.key)) return;
      const place = map.stages.find((s) => s.key === column.stage)!.touchpoints.findIndex((t) => t.key === column.key);
      expect(gapAtColumn(map, "touchpoint", at + 0.2)).toEqual({ at: place, stage: column.stage });
      expect(gapAtColumn(map, "touchpoint", at + 0.8)).toEqual({ at: place + 1, stage: column.stage });
    });
    expect(gapAtColumn(map, "stage", -3)).toEqual({ at: 0, stage: null });
    expect(gapAtColumn(map, "stage", 99)).toEqual({ at: map.stages.length, stage: null });
  });
});

describe("columns", () => {
  it("hold a place for a stage without touchpoints", () => {
    const map = applied(shop(), { type: "add", part: "stage", value: { key: "new", name: "New" }, at: 1 });
    const columns = editColumns(map.stages, NO_FIGURES);
    expect(columns.filter((c) => isEmpty(c.key)).map((c) => c.stage)).toEqual(["new", "keep"]);
    expect(columns.filter((c) => !isEmpty(c.key)).map((c) => c.key)).toEqual(touchpoints(map));
  });
});

describe("what is copied", () => {
  const source = shop();
  const other = (): JourneyMap => ({ ...shop(), key: "other", lanes: [] });

  it("comes into another map with its cells and the lanes that these need", () => {
    const [lane] = source.lanes;
    const [key] = Object.keys(lane!.cells);
    const text = copiedText(source, { kind: "touchpoint", key: key! })!;
    const into = other();
    const found = applied(into, pastedChange(text, into, { kind: "map" })!);
    const fresh = touchpoints(found).find((one) => !touchpoints(into).includes(one))!;
    expect(found.lanes.find((l) => l.key === lane!.key)?.cells[fresh]).toEqual(lane!.cells[key!]);
  });

  it("stands after what is chosen", () => {
    const [first] = source.stages;
    const text = copiedText(source, { kind: "stage", key: first!.key })!;
    const found = applied(other(), pastedChange(text, other(), { kind: "stage", key: first!.key })!);
    expect(found.stages[1]!.touchpoints.length).toBe(first!.touchpoints.length);
    expect(found.stages.length).toBe(source.stages.length + 1);
  });

  it.each(["", "some words", "{}", '{"format":"desireline.map-parts/1"}', '"desireline.map-parts/1"'])(
    "is nothing in %j",
    (text) => expect(pastedChange(text, source, { kind: "map" })).toBeNull(),
  );

  it("is nothing for a map or a cell", () => {
    expect(copiedText(source, { kind: "map" })).toBeNull();
  });
});

describe("the keyboard", () => {
  const ground: Ground = {
    rows: ["stage", "touchpoint", "reach", "lane-think"],
    named: new Set(["lane-think"]),
    keys: ["a", "b", "c"],
    stages: ["s", "s", "t"],
  };

  it("walks over cells, stages and names of lanes, and stays on the map", () => {
    const walk = (begin: string, ...keys: string[]): string =>
      cellAt(keys.reduce((at, key) => nextPlace(key, at, ground)!, placeAt(begin, ground)), ground);
    expect(walk("touchpoint:a", "ArrowRight", "ArrowDown")).toBe("reach:b");
    expect(walk("stage:s", "ArrowRight")).toBe("stage:t");
    expect(walk("stage:t", "ArrowRight")).toBe("stage:t");
    expect(walk("touchpoint:b", "ArrowUp")).toBe("stage:s");
    expect(walk("lane-think:a", "ArrowLeft")).toBe("lane-think:");
    expect(walk("reach:a", "ArrowLeft")).toBe("reach:a");
    expect(walk("lane-think:", "ArrowUp")).toBe("reach:a");
    expect(walk("touchpoint:a", "End", "ArrowRight")).toBe("touchpoint:c");
    expect(nextPlace("x", { row: "reach", at: 0 }, ground)).toBeNull();
  });

  it("steps over stages without touchpoints: they have a head and nothing below it", () => {
    const holed = { ...ground, keys: [" r", "a", " s", "b", " t"], stages: ["r", "u", "s", "v", "t"] };
    const walk = (begin: string, ...keys: string[]): string =>
      cellAt(keys.reduce((at, key) => nextPlace(key, at, holed)!, placeAt(begin, holed)), holed);
    expect(walk("touchpoint:a", "ArrowRight")).toBe("touchpoint: s");
    expect(walk("touchpoint: s", "ArrowDown")).toBe("touchpoint: s");
    expect(walk("stage:s", "ArrowDown")).toBe("touchpoint: s");
    expect(walk("reach:a", "ArrowRight")).toBe("reach:b");
    expect(walk("reach:b", "ArrowRight")).toBe("reach:b");
    expect(walk("reach:b", "ArrowLeft", "ArrowLeft")).toBe("reach:a");
    expect(walk("lane-think:a", "ArrowLeft")).toBe("lane-think:");
    expect(walk("lane-think:", "ArrowRight")).toBe("lane-think:a");
    expect([walk("reach:b", "Home"), walk("reach:b", "End")]).toEqual(["reach:a", "reach:b"]);
    const bare = { ...ground, keys: [" r"], stages: ["r"] };
    expect(settled({ row: "reach", at: 0 }, bare)).toEqual({ row: "touchpoint", at: 0 });
  });
});
