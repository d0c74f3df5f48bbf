import {
  IconChartDots3,
  IconChecklist,
  IconDatabaseImport,
  IconLayoutDashboard,
  IconPlugConnected,
  IconRoute,
  IconSettings,
  IconSpeakerphone,
  IconTestPipe,
  IconUserStar,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Permission } from "../../features/session/queries.ts";

export interface Place {
  name: "maps" | "tasks" | "explore" | "dashboards" | "people" | "sources" | "data" | "settings" | "personas" | "frontline" | "hypotheses";
  to: "/maps" | "/tasks" | "/explore" | "/dashboards" | "/people" | "/sources" | "/data" | "/settings" | "/personas" | "/nominate" | "/hypotheses";
  /** After `g`, the key that goes there. */
  key: string;
  icon: TablerIcon;
  /** Without this permission there is nothing to see. */
  needs?: Permission;
  /** Not on the rail: keys and commands lead there, and the page where it belongs. */
  aside?: true;
}

/** Which place of the rail a page without one of its own belongs to, by how its path begins. */
const BELONGS: readonly (readonly [string, Place["name"]])[] = [
  ["/personas", "people"],
  ["/cases", "people"],
  ["/nominate", "maps"],
  ["/hypotheses", "maps"],
  ["/start", "maps"],
];

/** The place of the rail that a page belongs to; undefined where the page is of one itself. */
export const placeOf = (path: string): Place["name"] | undefined =>
  BELONGS.find(([begins]) => path.startsWith(begins))?.[1];

/** Where one can go from anywhere; the rail shows those that are not aside, from top to bottom. */
export const PLACES: Place[] = [
  { name: "maps", to: "/maps", key: "m", icon: IconRoute },
  { name: "tasks", to: "/tasks", key: "t", icon: IconChecklist },
  { name: "explore", to: "/explore", key: "e", icon: IconChartDots3 },
  { name: "dashboards", to: "/dashboards", key: "b", icon: IconLayoutDashboard },
  { name: "people", to: "/people", key: "p", icon: IconUsers, needs: "read_persons" },
  { name: "personas", to: "/personas", key: "r", icon: IconUserStar, aside: true },
  { name: "frontline", to: "/nominate", key: "n", icon: IconSpeakerphone, aside: true },
  { name: "hypotheses", to: "/hypotheses", key: "h", icon: IconTestPipe, aside: true },
  { name: "sources", to: "/sources", key: "s", icon: IconPlugConnected, needs: "manage_sources" },
  { name: "data", to: "/data", key: "d", icon: IconDatabaseImport },
  { name: "settings", to: "/settings", key: ",", icon: IconSettings },
];
