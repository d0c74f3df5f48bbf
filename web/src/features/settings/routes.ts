import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

const getParentRoute = () => shellRoute;

export const settingsRoutes = [
  createRoute({
    getParentRoute,
    path: "/settings",
    component: lazyRouteComponent(speaking(["settings"], () => import("./account/AccountPage.tsx")), "AccountPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/settings/team",
    staticData: { needs: "manage_team" },
    component: lazyRouteComponent(speaking(["settings"], () => import("./team/TeamPage.tsx")), "TeamPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/settings/keys",
    staticData: { needs: "manage_team" },
    component: lazyRouteComponent(speaking(["settings"], () => import("./keys/KeysPage.tsx")), "KeysPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/settings/appearance",
    staticData: { needs: "set_look" },
    component: lazyRouteComponent(speaking(["settings"], () => import("./look/LookPage.tsx")), "LookPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/settings/privacy",
    staticData: { needs: "privacy" },
    component: lazyRouteComponent(speaking(["people", "settings"], () => import("./privacy/PrivacyPage.tsx")), "PrivacyPage"),
  }),
] as const;
