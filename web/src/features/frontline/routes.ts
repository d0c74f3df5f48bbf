import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { type Place, placeIn } from "./place.ts";

export const frontlineRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/nominate",
    validateSearch: (search): Place => placeIn(search),
    component: lazyRouteComponent(() => import("./FrontlinePage.tsx"), "FrontlinePage"),
  }),
] as const;
