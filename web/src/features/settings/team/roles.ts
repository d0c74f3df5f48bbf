import type { Member } from "../../session/queries.ts";

export type Role = Member["role"];

/** From the widest to the narrowest; then those of departments. */
export const ROLES: Role[] = [
  "owner",
  "admin",
  "editor",
  "contributor",
  "viewer",
  "marketing",
  "sales",
  "service",
  "analyst",
];
