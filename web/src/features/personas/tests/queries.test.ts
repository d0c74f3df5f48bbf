import { expect, it } from "vitest";
import { figuresQuery, type Persona } from "../queries.ts";

const persona = (rule: Persona["rule"]): Persona => ({ key: "anna", name: "Anna", rule }) as Persona;

it("asks for figures only once a persona is bound to people", () => {
  const bound = persona({ type: "event", in: ["asked"] });
  expect(figuresQuery([]).enabled).toBe(false);
  expect(figuresQuery([persona(null)]).enabled).toBe(false);
  expect(figuresQuery([persona(null), bound]).enabled).toBe(true);
});
