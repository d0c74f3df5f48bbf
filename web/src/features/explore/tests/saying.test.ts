import { Formats } from "@desireline/map-core";
import { changeLanguage, init } from "i18next";
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

  it("are whole people, and a correlation is not in points", () => {
    const lost = { key: "endings.lost", values: { lost: 76.377, least: 42.8, most: 109.3 }, text: "" };
    expect(blanksOf(english, lost)).toEqual({ lost: "76", least: "43", most: "109" });
    const agreement = { rank: 0.62, low: -0.14, high: 0.93, touchpoints: 9 };
    expect(blanksOf(polish, { key: "moments.agreement", values: agreement, text: "" })).toEqual({
      rank: "0,62",
      low: "−0,14",
      high: "0,93",
      touchpoints: "9",
    });
  });

  it("count periods as English does", async () => {
    await init({ lng: "en" });
    const written = [1, 2, 3, 4, 11, 12, 13, 21, 22].map(
      (k) => blanksOf(english, { key: "retention.first", values: { k }, text: "" })["k"],
    );
    expect(written).toEqual(["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd"]);
    await changeLanguage("pl");
    expect(blanksOf(polish, { key: "retention.first", values: { k: 3 }, text: "" })).toEqual({ k: "3" });
  });
});
