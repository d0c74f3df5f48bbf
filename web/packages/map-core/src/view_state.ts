/** What the address remembers after its `#`, so that a link opens the same view. */
export type ViewName = "map" | "flow" | "funnel" | "journeys" | "blueprint";

export interface ViewState {
  view: ViewName;
  open: string | null; // touchpoint whose panel is open
  least: number | null; // rarest step shown; null: the calm default
  filter: string;
  path: number | null; // variant that is lit on the map
}

export const VIEWS: ViewName[] = ["map", "flow", "funnel", "journeys", "blueprint"];
export const START: ViewState = { view: "map", open: null, least: null, filter: "", path: null };

const whole = (text: string | null): number | null =>
  text !== null && /^\d+$/.test(text) ? Number(text) : null;

/** Reads a hash; what it does not know it leaves at the start value. */
export function readHash(hash: string): ViewState {
  const found = new URLSearchParams(hash.replace(/^#/, ""));
  const view = found.get("view") as ViewName;
  return {
    view: VIEWS.includes(view) ? view : START.view,
    open: found.get("open"),
    least: whole(found.get("least")),
    filter: found.get("filter") ?? "",
    path: whole(found.get("path")),
  };
}

/** Writes the hash; start values are left out. */
export function writeHash(state: ViewState): string {
  const said = new URLSearchParams();
  if (state.view !== START.view) said.set("view", state.view);
  if (state.open !== null) said.set("open", state.open);
  if (state.least !== null) said.set("least", String(state.least));
  if (state.filter !== "") said.set("filter", state.filter);
  if (state.path !== null) said.set("path", String(state.path));
  const text = said.toString();
  return text === "" ? "" : `#${text}`;
}
