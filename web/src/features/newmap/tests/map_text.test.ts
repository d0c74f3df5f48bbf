import { describe, expect, it } from "vitest";
import { excerptOf, typeOf } from "../map_text.ts";

describe("the form of a file", () => {
  it.each([
    ["a.yaml", "", "application/yaml"],
    ["a.YML", "", "application/yaml"],
    ["a.json", "", "application/json"],
    ["a.xml", "", "application/xml"],
    ["a.cjml", "", "application/xml"],
    ["", " <CJML/>", "application/xml"],
    ["notes.txt", '\n{"key": 1}', "application/json"],
    ["", "key: shop", "application/yaml"],
  ])("%s %s is %s", (name, text, type) => expect(typeOf(name, text)).toBe(type));
});

describe("the place of an error", () => {
  it("has two lines around it, and a sign below it", () => {
    const found = excerptOf("a\nb\nc\n\td: !\ne\nf\ng", 4, 5);
    expect(found.lines.map((line) => line.number)).toEqual([2, 3, 4, 5, 6]);
    expect(found.lines.filter((line) => line.wrong)).toEqual([
      { number: 4, text: "\td: !", wrong: true },
    ]);
    expect(found.before).toBe("\t   ");
  });

  it("is found in a text of one long line", () => {
    const found = excerptOf(`${"x".repeat(1000)}!${"y".repeat(1000)}`, 1, 1001);
    expect(found.lines[0]?.text.charAt(found.before.length)).toBe("!");
  });

  it("may lie behind the end", () => {
    expect(excerptOf("a", 3, 1)).toEqual({ lines: [{ number: 1, text: "a", wrong: false }], before: "" });
  });
});
