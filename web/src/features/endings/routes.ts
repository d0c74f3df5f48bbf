import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

export const endingsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/maps/$key/endings",
    component: lazyRouteComponent(speaking(["endings", "explore"], () => import("./EndingsPage.tsx")), "EndingsPage"),
  }),
] as const;
