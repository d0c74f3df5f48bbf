export const SHOWN = ["open", "taken", "declined", "mine"] as const;
export type Shown = (typeof SHOWN)[number];

/** What the address says: where it hurts, where that is known, and which list is shown. */
export interface Place {
  map?: string;
  touchpoint?: string;
  show?: Exclude<Shown, "open">;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export function placeIn(search: Record<string, unknown>): Place {
  const [map, touchpoint] = [text(search["map"]), text(search["touchpoint"])];
  const show = SHOWN.find((one) => one === search["show"]);
  return {
    ...(map !== undefined && { map }),
    ...(map !== undefined && touchpoint !== undefined && { touchpoint }),
    ...(show !== undefined && show !== "open" && { show }),
  };
}

/** How often, as people say it, and as times a week. */
export const OFTEN = [
  ["hourly", 40],
  ["daily", 5],
  ["weekly", 1],
  ["rarely", 0],
] as const;

/** The words that come nearest to so many times a week. */
export const oftenOf = (timesAWeek: number): (typeof OFTEN)[number][0] =>
  (OFTEN.find(([, times]) => timesAWeek >= times) ?? OFTEN.at(-1)!)[0];
