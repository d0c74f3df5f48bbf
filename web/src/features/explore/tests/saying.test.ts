import { Formats } from "@desireline/map-core";
import { describe, expect, it } from "vitest";
import { blanksOf } from "../saying.ts";

const english = new Formats("en-GB", "en");
const polish = new Formats("pl-PL", "pl");

describe("a sentence's blanks", () => {
  it("are written as the reader writes numbers", () => {
    const message = {
      key: "funnel.converted",
      values: { n: 5321, first: "seen", last: "bought", share: 0.215, low: 0.204, high: 0.226 },
      text: "",
    };
    expect(blanksOf(english, message)).toMatchObject({
      n: "5,321",
      first: "seen",
      interval: "22\u202f% (20–23\u202f%)",
    });
    expect(blanksOf(polish, message)["n"]).toBe("5321");
  });

  it("of a comparison are shares or durations, as its key says", () => {
    const share = {
      key: "compare.share_higher",
      values: { a: 0.5, b: 0.25, difference: 0.25, low: 0.1, high: 0.4, n_a: 10, n_b: 12 },
      text: "",
    };
    expect(blanksOf(english, share)).toMatchObject({
      a: "50\u202f%",
      difference: "25",
      low: "+10",
      n_b: "12",
    });
    const seconds = {
      key: "compare.seconds_lower",
      values: { a: 3600, b: 7200, difference: -3600 },
      text: "",
    };
    expect(blanksOf(english, seconds)).toMatchObject({ a: "60 minutes", difference: "60 minutes" });
  });

  it("that nobody knows are a dash", () => {
    const message = { key: "x", values: { n: null }, text: "" };
    expect(blanksOf(english, message)).toEqual({ n: "–" });
  });
});
