import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { router } from "../router.ts";

const PAGES = join(import.meta.dirname, "../../../../docs/pages.md");

it("knows the pages that docs/pages.md shows, and no others", () => {
  const shown = [...readFileSync(PAGES, "utf8").matchAll(/^`(\/[^`]*)`: /gm)].map((found) => found[1]!);
  expect(shown.toSorted()).toEqual(Object.keys(router.routesByPath).toSorted());
});
