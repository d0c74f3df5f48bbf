import { describe, expect, it } from "vitest";
import { type Inline, markdown } from "../markdown.ts";

const text = (words: string): Inline => ({ kind: "text", text: words });
const line = (words: string): Inline[] => {
  const [block] = markdown(words);
  return block?.kind === "paragraph" ? block.lines[0]! : [];
};

describe("Markdown", () => {
  it("has headings, paragraphs, lists and quotes", () => {
    const said = "# Why\nfirst\nsecond\n\n- a\n- b\n1. one\n2) two\n\n> said\n> so\n";
    expect(markdown(said)).toEqual([
      { kind: "heading", level: 1, inner: [text("Why")] },
      { kind: "paragraph", lines: [[text("first")], [text("second")]] },
      { kind: "list", ordered: false, items: [[text("a")], [text("b")]] },
      { kind: "list", ordered: true, items: [[text("one")], [text("two")]] },
      { kind: "quote", lines: [[text("said")], [text("so")]] },
    ]);
    expect(markdown("")).toEqual([]);
    expect(markdown(" \n\n ")).toEqual([]);
  });

  it("lets words stand out", () => {
    expect(line("a **b *c*** d")).toEqual([
      text("a "),
      { kind: "strong", inner: [text("b "), { kind: "em", inner: [text("c")] }] },
      text(" d"),
    ]);
    expect(line("_a_ `*b*`")).toEqual([
      { kind: "em", inner: [text("a")] },
      text(" "),
      { kind: "code", text: "*b*" },
    ]);
    expect(line("2 * 3 * 4 and order_id_2")).toEqual([text("2 * 3 * 4 and order_id_2")]);
  });

  it("leads to addresses of the web alone", () => {
    expect(line("[shop](https://a.example)")).toEqual([
      { kind: "link", address: "https://a.example", inner: [text("shop")] },
    ]);
    for (const bad of ["[x](javascript:alert)", "[x](//a.example)", "[x](data:text)", "<b>x</b>"])
      expect(line(bad)).toEqual([text(bad)]);
  });
});
