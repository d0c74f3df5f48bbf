/** A piece of a line: plain words, or words that stand out or lead somewhere. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "strong" | "em"; inner: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; address: string; inner: Inline[] };

/** A part of the text. */
export type Block =
  | { kind: "heading"; level: 1 | 2 | 3; inner: Inline[] }
  | { kind: "paragraph"; lines: Inline[][] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "quote"; lines: Inline[][] };

const HEADING = /^(#{1,3})\s+(.*)$/;
const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBER = /^\s*\d{1,3}[.)]\s+(.*)$/;
const QUOTE = /^>\s?(.*)$/;
/** What begins first counts; of two at one place the one that is written first here. */
const INLINE =
  /(?<code>`[^`]+`)|\[(?<words>[^\]]+)\]\((?<address>[^)\s]+)\)|\*\*(?<strong>\S(?:[^]*?\S)?)\*\*(?!\*)|(?<![\p{L}\p{N}])(?<mark>[*_])(?<em>\S(?:[^]*?\S)?)\k<mark>(?![\p{L}\p{N}])/u;
const ADDRESS = /^(?:https?:\/\/|mailto:|\/(?!\/))/i;

/**
 * Markdown as parts: headings, paragraphs, lists, quotes; strong, emphasis, code, links. Anything
 * else, HTML too, is plain words; an address that would run something is no link.
 */
export function markdown(text: string): Block[] {
  const chunks = text.replaceAll("\r", "").split(/\n\s*\n/);
  return chunks.flatMap((chunk) => blocksOf(chunk.split("\n").filter((line) => line.trim() !== "")));
}

function blocksOf(lines: string[]): Block[] {
  const blocks: Block[] = [];
  for (const line of lines) blocks.push(...joined(blocks.at(-1), blockOf(line)));
  return blocks;
}

/** Nothing where the line went on with the part before, which has then taken it in. */
function joined(before: Block | undefined, block: Block): Block[] {
  if (before?.kind === "list" && block.kind === "list" && before.ordered === block.ordered)
    before.items.push(...block.items);
  else if (before?.kind === "quote" && block.kind === "quote") before.lines.push(...block.lines);
  else if (before?.kind === "paragraph" && block.kind === "paragraph")
    before.lines.push(...block.lines);
  else return [block];
  return [];
}

function blockOf(line: string): Block {
  const heading = HEADING.exec(line);
  if (heading !== null)
    return { kind: "heading", level: heading[1]!.length as 1 | 2 | 3, inner: inlines(heading[2]!) };
  const bullet = BULLET.exec(line);
  if (bullet !== null) return { kind: "list", ordered: false, items: [inlines(bullet[1]!)] };
  const number = NUMBER.exec(line);
  if (number !== null) return { kind: "list", ordered: true, items: [inlines(number[1]!)] };
  const quote = QUOTE.exec(line);
  if (quote !== null) return { kind: "quote", lines: [inlines(quote[1]!)] };
  return { kind: "paragraph", lines: [inlines(line)] };
}

function inlines(text: string): Inline[] {
  const found = INLINE.exec(text);
  if (found === null) return text === "" ? [] : [{ kind: "text", text }];
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  return [
    ...(before === "" ? [] : [{ kind: "text", text: before } as const]),
    inlineOf(found[0], found.groups!),
    ...inlines(after),
  ];
}

function inlineOf(whole: string, { code, words, address, strong, em }: Record<string, string | undefined>): Inline {
  if (code !== undefined) return { kind: "code", text: code.slice(1, -1) };
  if (strong !== undefined) return { kind: "strong", inner: inlines(strong) };
  if (em !== undefined) return { kind: "em", inner: inlines(em) };
  if (address !== undefined && ADDRESS.test(address))
    return { kind: "link", address, inner: inlines(words!) };
  return { kind: "text", text: whole };
}
