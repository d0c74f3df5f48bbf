import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";
import { readFilters } from "./timeline/filters.ts";

const getParentRoute = () => shellRoute;

export const peopleRoutes = [
  createRoute({
    getParentRoute,
    path: "/people",
    staticData: { needs: "read_persons" },
    validateSearch: (search): { q?: string } =>
      typeof search.q === "string" && search.q !== "" ? { q: search.q } : {},
    component: lazyRouteComponent(speaking(["people"], () => import("./PeoplePage.tsx")), "PeoplePage"),
  }),
  createRoute({
    getParentRoute,
    path: "/people/$person",
    staticData: { needs: "read_persons" },
    validateSearch: readFilters,
    component: lazyRouteComponent(speaking(["cases", "people"], () => import("./PersonPage.tsx")), "PersonPage"),
  }),
] as const;
