import type { SpotlightActionGroupData } from "@mantine/spotlight";
import { useEffect, useSyncExternalStore } from "react";

/** Keys, and the name of the words that say what they do. */
export type KeyRow = [keys: string[], words: string];

/** What a part of the screen adds to the palette and to the page of keys while it is there. */
export interface Offer {
  groups: SpotlightActionGroupData[];
  keys: KeyRow[];
}

let offers: Offer[] = [];
const listeners = new Set<() => void>();

function change(next: Offer[]): void {
  offers = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Offers commands and keys as long as the component is on the screen. Give it a steady value. */
export function useOffer(offer: Offer): void {
  useEffect(() => {
    change([...offers, offer]);
    return () => change(offers.filter((one) => one !== offer));
  }, [offer]);
}

/** All that is offered at this moment; what came last stands first. */
export const useOffers = (): Offer[] => useSyncExternalStore(subscribe, () => offers);
