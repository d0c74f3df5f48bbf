import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";

/** Which card is open: `o3` is the opportunity 3, `i4` the improvement 4. */
export interface Opened {
  card?: string;
}

const openedIn = ({ card }: Record<string, unknown>): Opened =>
  typeof card === "string" && /^[oi]\d{1,15}$/.test(card) ? { card } : {};

export const improveRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/maps/$key/improvements",
    validateSearch: openedIn,
    component: lazyRouteComponent(() => import("./ImprovementsPage.tsx"), "ImprovementsPage"),
  }),
] as const;
