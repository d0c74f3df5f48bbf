import { describe, expect, it } from "vitest";
import { WHOLE_MAP } from "../queries.ts";
import { isLate, meantBy, mentionBegun, mentionsIn, openAt, piecesOf, threadsAt } from "../speaking.ts";
import { comment, task } from "./said.ts";

const ANNA = { id: 1, name: "Anna Nowak" };
const ANN = { id: 2, name: "Ann" };
const members = [ANNA, ANN];

describe("comments at a place", () => {
  it("come with their replies, and settled ones last", () => {
    const said = [
      comment(1, { touchpoint: "cart", resolved_at: "2026-03-02T00:00:00Z" }),
      comment(2, { touchpoint: "cart" }),
      comment(3, { touchpoint: "cart", reply_to: 2 }),
      comment(4, { touchpoint: "cart", reply_to: 3 }),
      comment(5, { touchpoint: "cart", lane: "think" }),
      comment(6),
    ];
    const at = (touchpoint: string, lane = ""): number[][] =>
      threadsAt(said, { ...WHOLE_MAP, touchpoint, lane }).map((one) => [one.comment, ...one.replies].map((r) => r.id));
    expect(at("cart")).toEqual([[2, 3, 4], [1]]);
    expect(at("cart", "think")).toEqual([[5]]);
    expect(at("")).toEqual([[6]]);
  });

  it("are counted where something is open", () => {
    const said = [
      comment(1, { touchpoint: "cart", resolved_at: "2026-03-02T00:00:00Z" }),
      comment(2, { touchpoint: "cart" }),
      comment(3, { touchpoint: "cart", reply_to: 2 }),
      comment(4, { lane: "think" }),
      comment(5, { stage: "buy" }),
    ];
    const tasks = [task(), task({ done_at: "2026-03-02T00:00:00Z" }), task({ touchpoint: "order" })];
    expect(Object.fromEntries(openAt(said, tasks))).toEqual({
      "touchpoint/cart": 2,
      "touchpoint/order": 1,
      "stage/buy": 1,
      "": 1,
    });
  });
});

describe("a mention", () => {
  it("is a member's whole name after an @", () => {
    expect(mentionsIn("Look, @Anna Nowak!", members)).toEqual(["1"]);
    expect(mentionsIn("@Ann, @Anna Nowak", members)).toEqual(["1", "2"]);
    expect(mentionsIn("Anna Nowak, @Anne, ann@Annex", members)).toEqual([]);
  });

  it("stands out in the text", () => {
    expect(piecesOf("So @Anna Nowak and @Ann.", members)).toEqual([
      { text: "So ", mention: false },
      { text: "@Anna Nowak", mention: true },
      { text: " and ", mention: false },
      { text: "@Ann", mention: true },
      { text: ".", mention: false },
    ]);
    expect(piecesOf("", members)).toEqual([]);
  });

  it("is completed while it is typed", () => {
    expect(mentionBegun("Hi @An", 6)).toEqual({ start: 3, words: "An" });
    expect(mentionBegun("@", 1)).toEqual({ start: 0, words: "" });
    expect(mentionBegun("a@b", 3)).toBeNull();
    expect(mentionBegun("Hi @An there", 3)).toBeNull();
    expect(meantBy("now", members)).toEqual([ANNA]);
    expect(meantBy("AN", members)).toEqual([ANNA, ANN]);
    expect(meantBy("x", members)).toEqual([]);
  });
});

it("knows when a task is late", () => {
  const due = Date.parse("2026-03-05T23:59:59Z");
  const one = task({ due_at: "2026-03-05T23:59:59Z" });
  expect([isLate(one, due - 1), isLate(one, due + 1)]).toEqual([false, true]);
  expect(isLate(task({ due_at: "2026-03-05T23:59:59Z", done_at: "2026-03-09T00:00:00Z" }), due + 1)).toBe(false);
  expect(isLate(task(), due)).toBe(false);
});
