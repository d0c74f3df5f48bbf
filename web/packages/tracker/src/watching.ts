import { watchClicks, watchForms } from "./marks.ts";
import type { Options } from "./options.ts";
import type { Tracker } from "./tracker.ts";

interface Heard extends WindowEventMap {
  visibilitychange: Event;
}

/** Lets the tracker hear of what the browser does. `safely` keeps its mistakes from the site. */
export function watch(
  tracker: Tracker,
  options: Options,
  safely: <T extends unknown[]>(act: (...given: T) => void) => (...given: T) => void,
): void {
  const { reading, sender } = tracker;
  const on = <K extends keyof Heard>(name: K, act: (event: Heard[K]) => void): void =>
    addEventListener(name as string, safely(act) as (event: Event) => void, { capture: true });
  const isVisible = (): boolean => document.visibilityState === "visible";
  let gone = false;

  reading.show(isVisible(), performance.now());
  on("scroll", () => reading.reach(scrollY + innerHeight));
  on("visibilitychange", () => {
    reading.show(isVisible(), performance.now());
    if (isVisible()) return;
    tracker.left();
    if (!gone) void sender.flush();
  });
  on("pagehide", () => {
    gone = true;
    tracker.left();
    sender.beacon();
  });
  on("pageshow", ({ persisted }) => {
    gone = false;
    if (persisted) tracker.arrived(0);
  });
  on("online", () => void sender.flush());
  on("storage", ({ key, newValue }) => {
    if (key === null || (key === tracker.memory.name && !newValue)) tracker.refuse();
  });

  const happened = safely(tracker.track.bind(tracker));
  if (options.clicks !== false) watchClicks(happened);
  if (options.forms !== false) watchForms(happened);
  watchAddress(safely(() => tracker.moved()));
}

/** Calls back whenever the address may have changed without a new page: single-page apps. */
function watchAddress(moved: () => void): void {
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (...given) {
      original.apply(this, given);
      moved();
    };
  }
  addEventListener("popstate", moved);
}
