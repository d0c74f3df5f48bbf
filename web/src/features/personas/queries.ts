import { queryOptions } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";
import { Problem } from "../../api/problem.ts";
import type { Behind } from "../explore/asking.ts";

export type Persona = Shapes["Persona"];
export type PersonaDocument = Shapes["PersonaDocument"];
export type Figures = Shapes["FiguresFound"];

/** All personas, by key. */
export const personasQuery = queryOptions({
  queryKey: ["personas", "all"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/personas", { signal }))).personas,
});

export const personaQuery = (key: string) =>
  queryOptions({
    queryKey: ["personas", "one", key],
    queryFn: ({ signal }) =>
      told(api.GET("/v1/personas/{key}", { params: { path: { key } }, signal })),
  });

/** Whether it says by a rule which people it means. */
export const isBound = (one: Persona): boolean => one.rule !== null && one.rule !== undefined;

/** What `personas` describe; asked once one of them is bound, null where none is any more. */
export const figuresQuery = (personas: Persona[], before?: string) =>
  queryOptions({
    enabled: personas.some(isBound),
    queryKey: ["personas", "figures", before],
    queryFn: async ({ signal }): Promise<Figures | null> => {
      const query = before === undefined ? {} : { before: `${before}T00:00:00Z` };
      try {
        return await told(api.GET("/v1/personas/figures", { params: { query }, signal }));
      } catch (error) {
        if (error instanceof Problem && error.code === "personas_unbound") return null;
        throw error;
      }
    },
  });

const LIMIT = 100;

/** The door to the persons whom a persona describes, two of them, or none. */
export const personsOf = (title: string, persona?: string, other?: string): Behind => ({
  title,
  key: ["personas", persona, other],
  page: (after, signal) => {
    const query = { limit: LIMIT, after, ...(persona && { persona }), ...(other && { other }) };
    return told(api.GET("/v1/personas/persons", { params: { query }, signal }));
  },
});

/** Keeps a persona; `seen` is the revision that was changed, none for a new one. */
export const putPersona = (key: string, body: PersonaDocument, seen?: number): Promise<Persona> =>
  told(
    api.PUT("/v1/personas/{key}", {
      params: { path: { key } },
      body,
      headers: seen === undefined ? {} : { "if-match": `"${seen}"` },
    }),
  );

export const dropPersona = (key: string): Promise<unknown> =>
  told(api.DELETE("/v1/personas/{key}", { params: { path: { key } } }));
