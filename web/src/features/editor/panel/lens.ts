import { useSyncExternalStore } from "react";

/** The department whose touchpoints are lit; "" for none. */
let lit = "";
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Lights what a department owns or wants something of; the same one again lights all. */
export function light(department: string): void {
  lit = lit === department ? "" : department;
  for (const listener of listeners) listener();
}

/** The department whose touchpoints are lit. */
export const useLens = (): string => useSyncExternalStore(subscribe, () => lit);
