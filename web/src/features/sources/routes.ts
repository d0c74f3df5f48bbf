import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

export const sourceRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/sources",
    staticData: { needs: "manage_sources" },
    component: lazyRouteComponent(speaking(["sources"], () => import("./SourcesPage.tsx")), "SourcesPage"),
  }),
] as const;
