const TINTS = 5;

/** The first letters of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return ends.map((word) => [...word][0]!.toLocaleUpperCase()).join("") || "?";
}

/** A tint that is the same for the same name. */
export function tintOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) % 9973;
  return `var(--dl-stage-${(sum % TINTS) + 1})`;
}
