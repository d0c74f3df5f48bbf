import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";
import { readWhere } from "./where.ts";

export const startRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/start",
    staticData: { needs: "edit_maps" },
    validateSearch: readWhere,
    component: lazyRouteComponent(speaking(["start"], () => import("./StartPage.tsx")), "StartPage"),
  }),
] as const;
