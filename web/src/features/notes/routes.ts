import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

export const noteRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/maps/$key/notes",
    component: lazyRouteComponent(speaking(["editor", "notes"], () => import("./NotesPage.tsx")), "NotesPage"),
  }),
] as const;
