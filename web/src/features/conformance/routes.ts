import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

export const conformanceRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/maps/$key/desire-lines",
    component: lazyRouteComponent(speaking(["explore"], () => import("./ConformancePage.tsx")), "ConformancePage"),
  }),
] as const;
