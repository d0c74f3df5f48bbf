import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";
import { lookOf } from "./pages/moment.ts";
import { wantedOf } from "./pages/portfolio.ts";

const getParentRoute = () => shellRoute;

export const mapRoutes = [
  createRoute({
    getParentRoute,
    path: "/",
    component: lazyRouteComponent(speaking(["start"], () => import("./pages/HomePage.tsx")), "HomePage"),
  }),
  createRoute({
    getParentRoute,
    path: "/maps",
    validateSearch: wantedOf,
    component: lazyRouteComponent(speaking(["start"], () => import("./pages/MapsPage.tsx")), "MapsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/maps/$key",
    validateSearch: lookOf,
    component: lazyRouteComponent(() => import("./pages/MapPage.tsx"), "MapPage"),
  }),
] as const;
