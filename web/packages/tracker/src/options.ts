/** What the snippet says. */
export interface Options {
  /** The key of the source that the events belong to. */
  writeKey: string;
  /** Where the events go, with a slash at its end; the folder that t.js came from, if left out. */
  host?: string;
  /** Whether the visitor has to agree before anything is stored. `required`, if left out. */
  consent?: "required" | "not_required";
  /** When events go out without an identifier of the browser's own. `never`, if left out. */
  cookieless?: "never" | "before_consent" | "always";
  /** Page views by themselves, also in single-page apps. */
  pages?: boolean;
  /** Clicks on elements with `data-desireline`. */
  clicks?: boolean;
  /** Forms that were submitted; never what stands in them. */
  forms?: boolean;
  /** How long a page was visible, and how far it was scrolled. */
  reading?: boolean;
  /** Parameters of addresses to keep. All others are cut off: they may hold anything. */
  query?: string[];
}

/** What is done with an event. */
export type Mode =
  | "off" // nothing is sent, nothing is stored
  | "cookieless" // sent without an identifier, nothing is stored
  | "full"; // sent with the identifier that the browser stores

/**
 * What may be done now. `decision` is what the visitor said, if anything; `optedOut` that the
 * browser says no for its owner (Global Privacy Control, Do Not Track), which nothing overrules.
 */
export function modeOf(options: Options, decision: boolean | undefined, optedOut: boolean): Mode {
  if (optedOut || decision === false) return "off";
  const { consent, cookieless = "never" } = options;
  if (cookieless !== "always" && (decision || consent === "not_required")) return "full";
  return cookieless === "never" ? "off" : "cookieless";
}

/** The signals of a browser, as far as it knows them. */
export interface Signals {
  globalPrivacyControl?: boolean;
  doNotTrack?: string | null;
}

/** Whether the browser asks not to be tracked. */
export const optsOut = (signals: Signals): boolean =>
  signals.globalPrivacyControl === true || /^(1|yes)$/.test(signals.doNotTrack ?? "");
