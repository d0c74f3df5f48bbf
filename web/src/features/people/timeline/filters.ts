export const DEPARTMENTS = ["marketing", "sales", "service"] as const;
export type Department = (typeof DEPARTMENTS)[number];

/** What of a timeline is shown; it stands in the address, so that a link shows the same. */
export interface Filters {
  channel?: string;
  type?: string;
  department?: Department;
  order?: "oldest";
  unfold?: true;
}

const isDepartment = (value: unknown): value is Department =>
  (DEPARTMENTS as readonly unknown[]).includes(value);

/** The filters in an address; what is unknown is left out. */
export function readFilters(search: Record<string, unknown>): Filters {
  const found: Filters = {};
  if (typeof search["channel"] === "string" && search["channel"] !== "")
    found.channel = search["channel"];
  if (typeof search["type"] === "string" && search["type"] !== "") found.type = search["type"];
  if (isDepartment(search["department"])) found.department = search["department"];
  if (search["order"] === "oldest") found.order = "oldest";
  if (search["unfold"] === true || search["unfold"] === "true") found.unfold = true;
  return found;
}
