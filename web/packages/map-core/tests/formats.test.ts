import { describe, expect, it } from "vitest";
import { Formats, sentenceText } from "../src/index.ts";
import { share } from "./made.ts";

const en = new Formats("en-GB", "en");
const thin = "\u202f";

describe("shares", () => {
  it.each([
    [0.4312, "43"],
    [0.0312, "3.1"],
    [0.00312, "0.31"],
    [0, "0"],
    [1, "100"],
  ])("tell %f with at most three significant digits", (value, told) => {
    expect(en.share(value)).toBe(`${told}${thin}%`);
  });

  it("tell their interval with the same places", () => {
    expect(en.interval(share(43, 100))).toBe(`41–45${thin}%`);
    expect(en.interval({ ...share(3, 100), low: 0.0246, high: 0.0391 })).toBe(`2.5–3.9${thin}%`);
  });

  it("tell no interval whose ends read alike", () => {
    expect(en.interval({ ...share(1234, 1234), low: 0.9969, high: 1 })).toBe("");
  });

  it("say nothing where there is nothing to share", () => {
    expect(en.share(null)).toBe("–");
    expect(en.interval(share(0, 0))).toBe("–");
  });
});

describe("durations", () => {
  it.each([
    [0, "0 seconds"],
    [1, "1 second"],
    [45, "45 seconds"],
    [90, "1.5 minutes"],
    [7560, "2.1 hours"],
    [293760, "3.4 days"],
    [86400 * 45, "45 days"],
    [86400 * 400, "13 months"],
    [86400 * 800, "2.2 years"],
  ])("write the unit of %d seconds out", (seconds, told) => {
    expect(en.duration(seconds)).toBe(told);
  });

  it("take the digits of the reader and the words of the catalogue", () => {
    expect(new Formats("de-DE", "en").duration(7560)).toBe("2,1 hours");
    expect(new Formats("de-DE", "de").duration(7560)).toBe("2,1 Stunden");
  });

  it("are one when both ends read the same", () => {
    expect(en.waits({ n: 2, mean: 60, p50: 7560, p90: 7570 })).toBe("2.1 hours");
    expect(en.waits({ n: 2, mean: 60, p50: 60, p90: 7570 })).toBe("60 seconds – 2.1 hours");
  });
});

describe("counts and moments", () => {
  it("are exact below a million", () => {
    expect(en.count(48120)).toBe("48,120");
    expect(en.count(1234567)).toBe("1.23 million");
  });

  it("are told from the moment of the figures", () => {
    expect(en.ago("2026-03-01T00:00:00Z", "2026-03-04T01:00:00Z")).toBe("3 days ago");
  });

  it("have a real minus", () => {
    expect(en.signed(-0.94)).toBe("−0.9");
    expect(en.signed(0.94)).toBe("+0.9");
  });

  it("tell less than nothing with a minus", () => {
    expect(en.number(-0.5)).toBe("−0.5");
  });

  it("tell money to the cent, as the reader writes it", () => {
    expect(en.money(39.9, "EUR")).toBe("€39.90");
    expect(new Formats("pl", "pl").money(-39.9, "PLN")).toBe("−39,90\u00a0zł");
    expect(en.money(39.9, "")).toBe("39.9");
    expect(en.money(1500, "JPY")).toBe("JP¥1,500");
  });
});

describe("sentences", () => {
  it("keep the percent sign with its number", () => {
    expect(sentenceText("74 % (72–77 %) of 100%, not the % sign")).toBe(
      `74${thin}% (72–77${thin}%) of 100%, not the % sign`,
    );
  });
});

describe("sizes of files", () => {
  it.each([
    [0, "0 byte"],
    [999, "999 byte"],
    [1_240, "1.2 kB"],
    [48_213, "48 kB"],
    [3_400_000, "3.4 MB"],
    [2e9, "2 GB"],
  ])("of %i bytes", (bytes, told) => {
    expect(en.size(bytes)).toBe(told);
  });

  it("in the words of the reader", () => {
    expect(new Formats("pl-PL", "pl").size(1_240).replaceAll("\u00a0", " ")).toBe("1,2 kB");
  });
});
