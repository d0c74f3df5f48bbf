import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

const getParentRoute = () => shellRoute;

export const dataRoutes = [
  createRoute({
    getParentRoute,
    path: "/data",
    component: lazyRouteComponent(speaking(["data"], () => import("./DataPage.tsx")), "DataPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/data/$id",
    staticData: { needs: "import_data" },
    component: lazyRouteComponent(speaking(["data"], () => import("./ImportPage.tsx")), "ImportPage"),
  }),
] as const;
