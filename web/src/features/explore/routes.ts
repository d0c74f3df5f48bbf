import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";
import { viewOf } from "./view.ts";

const getParentRoute = () => shellRoute;

export const exploreRoutes = [
  createRoute({
    getParentRoute,
    path: "/explore",
    beforeLoad: () => {
      throw redirect({ to: "/explore/$analysis", params: { analysis: "transitions" }, search: {} });
    },
  }),
  createRoute({
    getParentRoute,
    path: "/explore/$analysis",
    validateSearch: viewOf,
    component: lazyRouteComponent(speaking(["explore"], () => import("./ExplorePage.tsx")), "ExplorePage"),
  }),
] as const;
