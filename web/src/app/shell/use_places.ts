import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { sessionQuery } from "../../features/session/queries.ts";
import { type Place, PLACES } from "./places.ts";

/** The places that the role of the one who is here opens; all of them, until it is known. */
export function usePlaces(): Place[] {
  const { data: session } = useQuery(sessionQuery);
  return useMemo(() => placesFor(session?.permissions ?? null), [session]);
}

/** Whoever may not see people finds the personas on the rail in their stead. */
export function placesFor(may: readonly string[] | null): Place[] {
  const open = ({ needs }: Place): boolean => needs === undefined || (may?.includes(needs) ?? true);
  const seesPeople = may?.includes("read_persons") ?? true;
  return PLACES.filter(open).map((place) => {
    const { aside, ...rest } = place;
    return aside && !(place.name === "personas" && !seesPeople) ? place : rest;
  });
}
