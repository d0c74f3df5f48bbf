/** Figures that the map computes at a touchpoint: docs/maps.md, "Lanes of figures". */
export const METRICS = [
  "journeys",
  "reach",
  "exit",
  "loop",
  "outcome",
  "wait_before",
  "wait_after",
  "open",
  "value",
] as const;
