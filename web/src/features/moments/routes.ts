import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

export interface MomentsSearch {
  /** Key of the touchpoint that should follow; else the outcome of the map. */
  outcome?: string;
  /** The smallest effect of interest, in points. */
  smallest?: number;
}

export const momentRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/maps/$key/moments",
    validateSearch: (search: Record<string, unknown>): MomentsSearch => ({
      ...(typeof search["outcome"] === "string" ? { outcome: search["outcome"] } : {}),
      ...(typeof search["smallest"] === "number" ? { smallest: search["smallest"] } : {}),
    }),
    component: lazyRouteComponent(speaking(["explore", "moments"], () => import("./MomentsPage.tsx")), "MomentsPage"),
  }),
] as const;
