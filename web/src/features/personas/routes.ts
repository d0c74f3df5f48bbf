import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

const getParentRoute = () => shellRoute;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const personaRoutes = [
  createRoute({
    getParentRoute,
    path: "/personas",
    validateSearch: (search): { before?: string } =>
      typeof search.before === "string" && DAY.test(search.before) ? { before: search.before } : {},
    component: lazyRouteComponent(speaking(["explore", "people", "personas"], () => import("./PersonasPage.tsx")), "PersonasPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/personas/new",
    staticData: { needs: "edit_maps" },
    component: lazyRouteComponent(speaking(["editor", "personas"], () => import("./NewPersonaPage.tsx")), "NewPersonaPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/personas/$key",
    validateSearch: (search): { edit?: true } => (search.edit === true ? { edit: true } : {}),
    component: lazyRouteComponent(speaking(["explore", "personas"], () => import("./PersonaPage.tsx")), "PersonaPage"),
  }),
] as const;
