/** Lines of a text around one that something is wrong with. */
export interface Excerpt {
  lines: { number: number; text: string; wrong: boolean }[];
  /** Blanks before the sign under the wrong place. */
  before: string;
}

const AROUND = 2;
const LONGEST = 160;

/** What is sent says what it is: by the ending of its name, or else by how it begins. */
export function typeOf(name: string, text: string): string {
  const ending = /\.(\w+)$/.exec(name.toLowerCase())?.[1] ?? "";
  if (["xml", "cjml"].includes(ending)) return "application/xml";
  if (ending === "json") return "application/json";
  if (["yaml", "yml"].includes(ending)) return "application/yaml";
  const first = text.trimStart().charAt(0);
  if (first === "<") return "application/xml";
  return first === "{" ? "application/json" : "application/yaml";
}

/** The place in the text, with two lines around it. */
export function excerptOf(text: string, line: number, column: number): Excerpt {
  const all = text.split(/\r?\n/);
  const from = Math.max(0, line - 1 - AROUND);
  // A text in one line is cut around its place.
  const left = Math.max(0, column - LONGEST / 2);
  const lines = all.slice(from, line + AROUND).map((said, at) => ({
    number: from + at + 1,
    text: said.slice(left, left + LONGEST),
    wrong: from + at + 1 === line,
  }));
  const said = (all[line - 1] ?? "").slice(left, Math.max(left, column - 1));
  return { lines, before: said.replaceAll(/[^\t]/g, " ") };
}
