import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

export const painRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/maps/$key/pains",
    component: lazyRouteComponent(speaking(["explore", "pains"], () => import("./PainsPage.tsx")), "PainsPage"),
  }),
] as const;
