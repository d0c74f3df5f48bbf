import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell/frame.ts";
import { speaking } from "../../app/spoken/rooms.ts";

export const caseRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/cases/new",
    staticData: { needs: "edit_maps" },
    validateSearch: (search): { person: string; map?: string } => ({
      person: typeof search.person === "number" ? String(search.person) : typeof search.person === "string" ? search.person : "",
      ...(typeof search.map === "string" && search.map !== "" && { map: search.map }),
    }),
    /** A case is somebody's: without a person one is led to where people are found. */
    beforeLoad: ({ search }) => {
      if (search.person === "") throw redirect({ to: "/people", replace: true });
    },
    component: lazyRouteComponent(speaking(["cases"], () => import("./CasePage.tsx")), "CasePage"),
  }),
] as const;
