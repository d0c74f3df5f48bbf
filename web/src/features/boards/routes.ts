import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";
import { wholeOf } from "./whole.ts";

const getParentRoute = () => shellRoute;

export const boardRoutes = [
  createRoute({
    getParentRoute,
    path: "/dashboards",
    component: lazyRouteComponent(speaking(["boards"], () => import("./DashboardsPage.tsx")), "DashboardsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/dashboards/$number",
    validateSearch: wholeOf,
    component: lazyRouteComponent(speaking(["boards", "explore"], () => import("./DashboardPage.tsx")), "DashboardPage"),
  }),
] as const;
