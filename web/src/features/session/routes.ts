import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/shell/frame.ts";

const getParentRoute = () => rootRoute;
const text = (value: unknown): string => (typeof value === "string" ? value : "");

export const sessionRoutes = [
  createRoute({
    getParentRoute,
    path: "/sign-in",
    validateSearch: (search): { to?: string; wrong?: true; problem?: string } => ({
      ...(text(search.to) === "" ? {} : { to: text(search.to) }),
      ...(search.wrong === true ? { wrong: true } : {}),
      ...(text(search.problem) === "" ? {} : { problem: text(search.problem) }),
    }),
    component: lazyRouteComponent(() => import("./SignInPage.tsx"), "SignInPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/welcome",
    validateSearch: (search): { token: string } => ({ token: text(search.token) }),
    component: lazyRouteComponent(() => import("./NewcomerPage.tsx"), "WelcomePage"),
  }),
  createRoute({
    getParentRoute,
    path: "/join",
    validateSearch: (search): { token: string } => ({ token: text(search.token) }),
    component: lazyRouteComponent(() => import("./NewcomerPage.tsx"), "JoinPage"),
  }),
] as const;
