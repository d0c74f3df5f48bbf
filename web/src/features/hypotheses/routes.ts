import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

export const hypothesisRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/hypotheses",
    component: lazyRouteComponent(speaking(["explore"], () => import("./HypothesesPage.tsx")), "HypothesesPage"),
  }),
] as const;
