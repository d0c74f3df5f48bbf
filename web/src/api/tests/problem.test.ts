import { beforeAll, describe, expect, it } from "vitest";
import { speak, startWords } from "../../app/i18n.ts";
import words from "../../app/words/pl.json";
import { inWords, Problem } from "../problem.ts";
import { learnProblems } from "../problem_words.ts";

const told = { detail: "Said by the server.", hint: "Do so." };

describe("a problem of the server", () => {
  beforeAll(async () => {
    (globalThis as { document?: object }).document ??= { documentElement: {} };
    await startWords("en", {});
    await speak("pl", words);
    await learnProblems();
  });

  it("is said in the reader's language, by its code", () => {
    expect(inWords(new Problem(404, { ...told, code: "plan_missing" }))).toBe(
      "Tego planu już nie ma: ktoś go usunął.",
    );
  });

  it("says which case it is, and its numbers as the reader writes them", () => {
    const values = { case: "large", most: 100_000 };
    const said = inWords(new Problem(422, { ...told, code: "picture_unfit", values }));
    expect(said).toContain(`Najwięcej bajtów: ${(100_000).toLocaleString("pl")}.`);
    const other = inWords(new Problem(422, { ...told, code: "picture_unfit", values: { case: "new" } }));
    expect(other).toBe("Tego obrazka nie można przyjąć. Zapisz go na nowo jako PNG lub SVG.");
  });

  it("keeps what only the server knows", () => {
    const said = inWords(new Problem(422, { ...told, code: "map_unreadable" }));
    expect(said).toBe("Dokumentu nie da się odczytać jako mapy: Said by the server.");
  });

  it("is said as it came where there is no sentence, or a blank of it is not told", () => {
    const plain = "Said by the server. Do so.";
    expect(inWords(new Problem(500, { ...told, code: "of_tomorrow" }))).toBe(plain);
    expect(inWords(new Problem(413, { ...told, code: "upload_too_large" }))).toBe(plain);
  });

  it("is no form of the plural where its name ends like one", () => {
    expect(inWords(new Problem(429, { ...told, code: "attempts_too_many" }))).toContain("Prób było");
  });
});
