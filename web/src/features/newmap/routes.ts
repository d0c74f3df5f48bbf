import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";
import { beginningOf } from "./beginnings.ts";

export const newMapRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/maps/new",
    staticData: { needs: "edit_maps" },
    validateSearch: beginningOf,
    component: lazyRouteComponent(speaking(["newmap"], () => import("./NewMapPage.tsx")), "NewMapPage"),
  }),
] as const;
