/** What a file means, as far as the page changes it (docs/schemas/mapping.schema.json). */
export interface Mapping {
  who?: string | Record<string, string> | null;
  identifier?: string | null;
  [part: string]: unknown;
}

/** Kinds of identifiers that a column may hold. */
export const WHO = ["user_id", "email", "phone", "anonymous_id"] as const;
/** What else a column may be. */
export const PARTS = ["event", "time", "channel", "actor", "value", "currency", "direction", "id"] as const;
export type Role = (typeof WHO)[number] | (typeof PARTS)[number] | "";

const DEFAULT_KIND = "user_id";

const isKind = (name: string): name is (typeof WHO)[number] =>
  (WHO as readonly string[]).includes(name);

function kindsOf({ who, identifier }: Mapping): Record<string, string> {
  if (typeof who === "string") return { [identifier ?? DEFAULT_KIND]: who };
  return who ?? {};
}

/** What each column is; columns that are nothing in particular are left out. */
export function rolesOf(mapping: Mapping): Map<string, Role> {
  const found = new Map<string, Role>();
  for (const part of PARTS) {
    const column = mapping[part];
    if (typeof column === "string") found.set(column, part);
  }
  for (const [kind, column] of Object.entries(kindsOf(mapping)))
    if (isKind(kind)) found.set(column, kind);
  return found;
}

/** The mapping after a column became something else; a role that another column had goes over. */
export function withRole(mapping: Mapping, column: string, role: Role): Mapping {
  const changed: Mapping = { ...mapping };
  const kinds = Object.fromEntries(
    Object.entries(kindsOf(mapping)).filter(([kind, one]) => one !== column && kind !== role),
  );
  for (const part of PARTS) {
    if (changed[part] === column || part === role) delete changed[part];
  }
  if (role !== "" && isKind(role)) kinds[role] = column;
  else if (role !== "") changed[role] = column;
  delete changed.identifier;
  delete changed.who;
  if (Object.keys(kinds).length > 0) changed.who = kinds;
  return changed;
}
