import { createRouter } from "@tanstack/react-router";
import { boardRoutes } from "../features/boards/routes.ts";
import { conformanceRoutes } from "../features/conformance/routes.ts";
import { caseRoutes } from "../features/cases/routes.ts";
import { dataRoutes } from "../features/data/routes.ts";
import { editorRoutes } from "../features/editor/routes.ts";
import { endingsRoutes } from "../features/endings/routes.ts";
import { exploreRoutes } from "../features/explore/routes.ts";
import { frontlineRoutes } from "../features/frontline/routes.ts";
import { hypothesisRoutes } from "../features/hypotheses/routes.ts";
import { improveRoutes } from "../features/improve/routes.ts";
import { mapRoutes } from "../features/maps/routes.ts";
import { momentRoutes } from "../features/moments/routes.ts";
import { newMapRoutes } from "../features/newmap/routes.ts";
import { noteRoutes } from "../features/notes/routes.ts";
import { painRoutes } from "../features/pains/routes.ts";
import { peopleRoutes } from "../features/people/routes.ts";
import { personaRoutes } from "../features/personas/routes.ts";
import type { Permission } from "../features/session/queries.ts";
import { sessionRoutes } from "../features/session/routes.ts";
import { settingsRoutes } from "../features/settings/routes.ts";
import { sourceRoutes } from "../features/sources/routes.ts";
import { startRoutes } from "../features/start/routes.ts";
import { versionRoutes } from "../features/versions/routes.ts";
import { rootRoute, shellRoute } from "./shell/frame.ts";

/** Every page of the application. A feature lists its own; each is loaded when it is opened. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...sessionRoutes,
    shellRoute.addChildren([
      ...mapRoutes,
      ...conformanceRoutes,
      ...painRoutes,
      ...endingsRoutes,
      ...improveRoutes,
      ...hypothesisRoutes,
      ...momentRoutes,
      ...editorRoutes,
      ...newMapRoutes,
      ...versionRoutes,
      ...startRoutes,
      ...exploreRoutes,
      ...boardRoutes,
      ...peopleRoutes,
      ...personaRoutes,
      ...noteRoutes,
      ...caseRoutes,
      ...frontlineRoutes,
      ...sourceRoutes,
      ...dataRoutes,
      ...settingsRoutes,
    ]),
  ]),
  defaultPreload: "intent",
  defaultPendingMs: 200,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    /** Without this permission the page is not opened: all that it asks would be refused. */
    needs?: Permission;
  }
}
