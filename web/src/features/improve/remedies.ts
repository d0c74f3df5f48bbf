/**
 * What is mostly done about a kind of weak point. The sentences are `remedies.<name>_1` and so on; a
 * remedy is a thought to begin with, and the effect says whether it was one.
 */
const REMEDIES = {
  wait: ["wait", "late", "unanswered", "answered", "quick"],
  exit: ["exit", "missing", "skipped"],
  loop: ["loop", "repeated", "wrong_branch", "once"],
  detour: ["detour", "ad_hoc", "out_of_order", "early"],
  switch: ["switch"],
  error: ["error", "failed", "went_wrong", "worked"],
  words: ["low_score", "negative_words", "expectation_missed", "liked"],
  offer: ["no_offer", "went_elsewhere"],
} as const;

export type Remedy = keyof typeof REMEDIES;
export const EACH = [1, 2, 3] as const;

/** Which remedies fit a finding of this kind; none where nobody knows any. */
export const remedyOf = (kind: string): Remedy | null =>
  (Object.keys(REMEDIES) as Remedy[]).find((name) =>
    (REMEDIES[name] as readonly string[]).includes(kind),
  ) ?? null;
