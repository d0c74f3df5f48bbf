import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";
import { comparedOf } from "./sides.ts";

export const versionRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/maps/$key/versions",
    validateSearch: comparedOf,
    component: lazyRouteComponent(speaking(["versions"], () => import("./VersionsPage.tsx")), "VersionsPage"),
  }),
] as const;
