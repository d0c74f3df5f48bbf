import { describe, expect, it } from "vitest";
import { type Change, type Hearing, liveState, patched, SILENT_MS, STALE_MS } from "../src/index.ts";

const file = (): { a: { n: number }; list: { k: string; n: number }[]; same: { deep: number[] } } => ({
  a: { n: 1 },
  list: [
    { k: "x", n: 1 },
    { k: "y", n: 2 },
  ],
  same: { deep: [1, 2] },
});

describe("patched", () => {
  it("replaces, adds and removes", () => {
    const after = patched(file(), [
      { op: "replace", path: "/a/n", value: 5 },
      { op: "replace", path: "/list/1/n", value: 7 },
      { op: "add", path: "/list/-", value: { k: "z", n: 9 } },
      { op: "remove", path: "/list/0" },
      { op: "add", path: "/new~1na~0me", value: true },
    ]);
    expect(after).toEqual({
      a: { n: 5 },
      list: [
        { k: "y", n: 7 },
        { k: "z", n: 9 },
      ],
      same: { deep: [1, 2] },
      "new/na~me": true,
    });
  });

  it("leaves what was before, and shares what did not change", () => {
    const before = file();
    const after = patched(before, [{ op: "replace", path: "/list/1/n", value: 7 }]);
    expect(before).toEqual(file());
    expect(after.list[0]).toBe(before.list[0]);
    expect(after.same).toBe(before.same);
    expect(after.list[1]).not.toBe(before.list[1]);
  });

  it("replaces the whole", () => {
    expect(patched<unknown>(file(), [{ op: "replace", path: "", value: 3 }])).toBe(3);
  });

  it("refuses a path that leads nowhere", () => {
    const wrong: Change[] = [{ op: "replace", path: "/nothing/here", value: 1 }];
    expect(() => patched(file(), wrong)).toThrow("nothing");
  });
});

describe("liveState", () => {
  const hearing = (part: Partial<Hearing>): Hearing => ({
    opened: 0,
    heard: null,
    lost: false,
    lastMinute: 3,
    ...part,
  });

  it("connects first, then lives", () => {
    expect(liveState(hearing({}), 10)).toEqual({ kind: "connecting" });
    expect(liveState(hearing({ heard: 20 }), 30)).toEqual({ kind: "live", lastMinute: 3 });
  });

  it("reconnects after a break and after a silence", () => {
    expect(liveState(hearing({ heard: 20, lost: true }), 30).kind).toBe("reconnecting");
    expect(liveState(hearing({ heard: 20 }), 20 + SILENT_MS).kind).toBe("reconnecting");
  });

  it("says since when the figures are old", () => {
    expect(liveState(hearing({ heard: 20, lost: true }), 20 + STALE_MS)).toEqual({
      kind: "stale",
      since: 20,
    });
    expect(liveState(hearing({ lost: true }), STALE_MS)).toEqual({ kind: "stale", since: 0 });
  });
});
