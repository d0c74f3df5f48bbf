import { applied, type JourneyMap } from "@desireline/map-core";
import { describe, expect, it } from "vitest";
import { addNote, columnsOf, freePlace, growInto, makeMap, moveNote, type Note, STEP } from "../arranging.ts";

const EMPTY = {
  format: "desireline.map/1",
  key: "shop",
  name: "Shop",
  version: 1,
  kind: "hypothesis",
  goal: { statement: "", outcome: null },
  case_by: { kind: "person", gap_seconds: null, column: null },
  personas: [],
  stages: [],
  lanes: [],
  left_out: [],
  scope: "life_cycle",
  parent: null,
  actors: [],
  notes: [],
} as unknown as JourneyMap;

const noted = (...texts: string[]): JourneyMap =>
  texts.reduce((map, text) => applied(map, addNote(map, text, "yellow")), EMPTY);

describe("notes", () => {
  it("never lie on one another when they are typed one after the other", () => {
    const { notes } = noted(...Array.from({ length: 25 }, (_, n) => `Note ${n}`));
    expect(new Set(notes.map((note) => `${note.x} ${note.y}`)).size).toBe(25);
    expect(new Set(notes.map((note) => note.key)).size).toBe(25);
    expect(freePlace(notes)).not.toEqual({ x: notes[0]!.x, y: notes[0]!.y });
  });

  it("stay on the board when they are moved", () => {
    const map = noted("Ad seen");
    const moved = applied(map, moveNote(map.notes[0]!, -40, 33.4));
    expect(moved.notes[0]).toMatchObject({ x: 0, y: 33, text: "Ad seen" });
  });

  it("grow into touchpoints of a stage by their first line", () => {
    const map = applied(noted("Parcel is wet\nwhen it rains"), {
      type: "add",
      part: "stage",
      value: { key: "use", name: "Use" },
    });
    const grown = applied(map, growInto(map.notes[0]!, "use", []));
    expect(grown.notes).toEqual([]);
    expect(grown.stages[0]!.touchpoints.map((t) => [t.key, t.name])).toEqual([
      ["parcel_is_wet", "Parcel is wet"],
    ]);
  });

  it("become a map: a column is a stage, from top to bottom", () => {
    const places: [string, number, number][] = [
      ["Order", STEP, 10],
      ["Ad", 0, 200],
      ["Search", 20, 0],
      ["Ad", STEP + 30, 300],
    ];
    const notes: Note[] = places.map(([text, x, y], at) => ({ key: `n${at}`, text, x, y, colour: "yellow" }));
    expect(columnsOf(notes).map((c) => c.map((n) => n.text))).toEqual([["Search", "Ad"], ["Order", "Ad"]]);
    const map = { ...EMPTY, notes };
    const made = applied(map, makeMap(map, (n) => `Stage ${n}`)!);
    expect(made.notes).toEqual([]);
    expect(made.stages.map((s) => [s.name, s.touchpoints.map((t) => t.key)])).toEqual([
      ["Stage 1", ["search", "ad"]],
      ["Stage 2", ["order", "ad_2"]],
    ]);
    expect(makeMap(EMPTY, String)).toBeNull();
  });
});
