import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Place } from "./places.ts";

/** The second key must come within this time. */
const SOON_MS = 1_000;

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** `g` and then a letter goes to a place of the rail, from anywhere but a field. */
export function useGoKeys(places: Place[]): void {
  const navigate = useNavigate();
  useEffect(() => {
    let at = -Infinity;
    const hear = (event: KeyboardEvent): void => {
      if (isField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = event.key.toLowerCase();
      const place = places.find((one) => one.key === key);
      if (event.timeStamp - at < SOON_MS && place !== undefined) {
        event.preventDefault();
        at = -Infinity;
        void navigate({ to: place.to });
        return;
      }
      at = key === "g" ? event.timeStamp : -Infinity;
    };
    // Before anything else hears it: after `g`, a letter that is a key of the page is none.
    document.addEventListener("keydown", hear, true);
    return () => document.removeEventListener("keydown", hear, true);
  }, [navigate, places]);
}
