import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tokens } from "../tokens.ts";

function brightness(colour: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast of two colours by WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [light, dark] = [brightness(a), brightness(b)].toSorted((x, y) => y - x) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = [
  "ground",
  "surface",
  "raised",
  "sunken",
  "stage-1",
  "stage-2",
  "stage-3",
  "stage-4",
  "stage-5",
  "accent-soft",
] as const;

describe.each(Object.entries(tokens))("in the %s scheme", (_name, scheme) => {
  it.each(["ink", "ink-soft"] as const)("%s is readable on every ground", (ink) => {
    for (const ground of GROUNDS)
      expect(contrast(scheme[ink], scheme[ground])).toBeGreaterThan(4.5);
  });

  it("the faintest ink is readable where it is used", () => {
    for (const ground of ["ground", "surface", "raised"] as const) {
      expect(contrast(scheme["ink-faint"], scheme[ground])).toBeGreaterThan(4.5);
    }
  });

  it("the accent is readable, and so is what stands on it", () => {
    expect(contrast(scheme.accent, scheme.surface)).toBeGreaterThan(4.5);
    expect(contrast(scheme["on-accent"], scheme.accent)).toBeGreaterThan(4.5);
  });
});

const SOURCE = join(import.meta.dirname, "..", "..");
const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((f) =>
  /\.(tsx?|css)$/.test(f),
);

describe("the source", () => {
  it("has no colour outside the tokens", () => {
    const raw = /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i;
    const found = files.filter(
      (f) => !f.includes("tokens") && raw.test(readFileSync(join(SOURCE, f), "utf8")),
    );
    expect(found).toEqual([]);
  });

  it("names only tokens that exist", () => {
    const known = new Set(Object.keys(tokens.light));
    const used = files.flatMap((f) =>
      [...readFileSync(join(SOURCE, f), "utf8").matchAll(/var\(--dl-([a-z0-9-]+)\)/g)].map(
        (m) => m[1]!,
      ),
    );
    expect([...new Set(used)].filter((name) => !known.has(name))).toEqual([]);
  });
});
