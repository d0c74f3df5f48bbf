import type { Properties } from "./events.ts";
import type { Options } from "./options.ts";
import { Tracker } from "./tracker.ts";
import { warn } from "./warning.ts";
import { watch } from "./watching.ts";

type Call = [name: string, given: ArrayLike<unknown>, at?: number];

/** What the snippet leaves in `window.desireline` until this program is there. */
interface Stub {
  options: Options;
  at: number;
  calls: Call[] | { push: (call: Call) => void };
  [name: string]: unknown;
}

/** The same, except that an error in here does not break the site. */
const safely =
  <T extends unknown[]>(act: (...given: T) => void) =>
  (...given: T): void => {
    try {
      act(...given);
    } catch (error) {
      warn(error);
    }
  };

/** Turns the stub of the snippet into the tracker: what was called before comes first. */
function start(stub: Stub, folder: string): void {
  const { options } = stub;
  const tracker = new Tracker(options, options.host?.replace(/\/*$/, "/") ?? folder);
  type Door = (one: never, more: Properties, at?: number) => void;
  const doors: Record<string, Door> = {
    page: (name, properties, at) => tracker.page(name, properties, at),
    track: (name, properties, at) => tracker.track(name, properties, at),
    identify: (user, traits, at) => tracker.identify(user, traits, at),
    consent: (agrees, proof, at) => tracker.consent(agrees === true, proof, at),
    reset: () => tracker.reset(),
  };
  const call = safely(([name, given, at]: Call) =>
    doors[name]?.(given[0] as never, given[1] as Properties, at),
  );

  const waiting = stub.calls as Call[];
  const decides = ([name]: Call): boolean => name === "consent";
  tracker.open();
  waiting.filter(decides).forEach(call);
  tracker.view(stub.at);
  waiting.filter((one) => !decides(one)).forEach(call);
  stub.calls = { push: call };
  for (const name of Object.keys(doors)) stub[name] = (...given: unknown[]) => call([name, given]);
  watch(tracker, options, safely);
}

const stub = (window as { desireline?: Stub }).desireline;
const source = (document.currentScript as HTMLScriptElement | null)?.src ?? location.href;
if (stub && Array.isArray(stub.calls)) {
  const begin = safely(() => start(stub, new URL(".", source).href));
  // A page that the browser makes in advance has not been seen by anybody.
  if ((document as { prerendering?: boolean }).prerendering) {
    addEventListener("prerenderingchange", begin, { once: true });
  } else begin();
}
