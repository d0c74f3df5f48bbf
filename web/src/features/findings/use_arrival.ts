import { useEffect } from "react";

/** The id of the row that the address names; empty where it names none. */
export const arrivesAt = (): string => decodeURIComponent(globalThis.location.hash.slice(1));

/**
 * Leads to the row that the address names, once it is there: what is folded about it is opened, and
 * it is marked `data-arrived`. A browser looks for it when the page comes, before it has any rows.
 */
export function useArrival(ready: boolean): void {
  useEffect(() => {
    const row = ready ? document.getElementById(arrivesAt()) : null;
    if (row === null) return;
    const folded = row.closest("details");
    if (folded !== null) folded.open = true;
    row.dataset["arrived"] = "";
    row.scrollIntoView({ block: "center" });
  }, [ready]);
}
