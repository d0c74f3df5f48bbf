import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

export const editorRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/maps/$key/edit",
    validateSearch: (search): { at?: string } =>
      typeof search.at === "string" && search.at !== "" ? { at: search.at } : {},
    component: lazyRouteComponent(speaking(["editor", "notes", "versions"], () => import("./EditorPage.tsx")), "EditorPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/tasks",
    component: lazyRouteComponent(speaking(["editor"], () => import("./discussion/talk.ts")), "TasksPage"),
  }),
] as const;
