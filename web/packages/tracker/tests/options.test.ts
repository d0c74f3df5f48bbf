import { describe, expect, it } from "vitest";
import { type Mode, modeOf, type Options, optsOut } from "../src/options.ts";

const writeKey = "wk";
const told = (more: Partial<Options>): Options => ({ writeKey, ...more });

describe("modeOf", () => {
  /** consent, cookieless -> what holds while nothing was said, after yes, after no */
  const table: [Options["consent"], Options["cookieless"], Mode, Mode][] = [
    [undefined, undefined, "off", "full"],
    ["required", "never", "off", "full"],
    ["required", "before_consent", "cookieless", "full"],
    ["required", "always", "cookieless", "cookieless"],
    ["not_required", "never", "full", "full"],
    ["not_required", "before_consent", "full", "full"],
    ["not_required", "always", "cookieless", "cookieless"],
  ];

  it.each(table)("consent %s, cookieless %s: %s, then %s", (consent, cookieless, unsaid, agreed) => {
    const options = told({ consent, cookieless });
    expect(modeOf(options, undefined, false)).toBe(unsaid);
    expect(modeOf(options, true, false)).toBe(agreed);
  });

  it.each(table)("no means no: consent %s, cookieless %s", (consent, cookieless) => {
    const options = told({ consent, cookieless });
    expect(modeOf(options, false, false)).toBe("off");
    for (const said of [undefined, true, false]) {
      expect(modeOf(options, said, true)).toBe("off");
    }
  });
});

describe("optsOut", () => {
  it("hears Global Privacy Control and Do Not Track", () => {
    expect(optsOut({ globalPrivacyControl: true })).toBe(true);
    expect(optsOut({ doNotTrack: "1" })).toBe(true);
    expect(optsOut({ doNotTrack: "yes" })).toBe(true);
  });

  it("is not invented where nothing was set", () => {
    for (const doNotTrack of ["0", "no", "unspecified", null, undefined]) {
      expect(optsOut({ doNotTrack, globalPrivacyControl: false })).toBe(false);
    }
    expect(optsOut({})).toBe(false);
  });
});
