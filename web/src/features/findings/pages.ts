/** The pages that tell what the log says of one map, in the order of the bar. */
export const FINDINGS = [
  { to: "/maps/$key", word: "findings.map" },
  { to: "/maps/$key/desire-lines", word: "findings.desire_lines" },
  { to: "/maps/$key/pains", word: "findings.pains" },
  { to: "/maps/$key/moments", word: "findings.moments" },
  { to: "/maps/$key/endings", word: "findings.endings" },
  { to: "/maps/$key/improvements", word: "findings.improvements" },
] as const;
