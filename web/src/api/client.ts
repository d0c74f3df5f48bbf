import createClient from "openapi-fetch";
import { Problem, problemOf } from "./problem.ts";
import { learnProblems } from "./problem_words.ts";
import type { components, paths } from "./schema.d.ts";

export type Shapes = components["schemas"];

/** The one way to the server: paths, parameters and answers as docs/schemas/openapi.json says. */
export const api = createClient<paths>({
  querySerializer: { array: { style: "form", explode: true } },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What the server answered, with its headers. Throws a Problem where it refused or was not there. */
export async function answered<T>(asked: Promise<Answer<T>>): Promise<{ data: T; response: Response }> {
  let answer: Answer<T>;
  try {
    answer = await asked;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, {});
  }
  if (!answer.response.ok) {
    await learnProblems();
    throw problemOf(answer.response, answer.error);
  }
  return { data: answer.data as T, response: answer.response };
}

/** The same without the headers. */
export const told = async <T>(asked: Promise<Answer<T>>): Promise<T> => (await answered(asked)).data;
