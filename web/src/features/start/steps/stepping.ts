import type { Keeping } from "../keeping.ts";
import type { Step } from "../where.ts";

/** What every step is given. */
export interface Stepping {
  keeping: Keeping;
  go: (to: Step) => void;
}
