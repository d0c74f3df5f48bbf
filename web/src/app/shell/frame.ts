import { createRootRoute, createRoute } from "@tanstack/react-router";
import { Broken } from "./Broken.tsx";
import { NotFound } from "./NotFound.tsx";
import { Root } from "./Root.tsx";
import { Shell } from "./Shell.tsx";

/** Around every page. */
export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: Broken,
});

/** Around the pages of somebody who is signed in: the rail, and the page beside it. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  component: Shell,
  errorComponent: Broken,
});
