import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";
import type { Behind } from "../explore/asking.ts";

export type Found = Shapes["Answer_PainsResult_"];
export type Pain = Shapes["FoundPain"];
export type Quotes = Shapes["PainQuotes"];

const LIMIT = 100;

const questionOf = (key: string): Shapes["PainsQuestion"] =>
  ({ map: { key } }) as Shapes["PainsQuestion"];

/** Where it hurts on the map, of this moment. */
export const painsQuery = (key: string) =>
  queryOptions({
    queryKey: ["explore", "pains", key],
    queryFn: async ({ signal }) =>
      (await told(api.POST("/v1/explore/pains", { body: questionOf(key), signal }))) as Found,
    placeholderData: keepPreviousData,
  });

/** What those said who met the pains: for those who may read of persons. */
export const quotesQuery = (key: string) =>
  queryOptions({
    queryKey: ["explore", "pains", key, "quotes"],
    queryFn: ({ signal }) =>
      told(api.POST("/v1/explore/pains/quotes", { body: questionOf(key), signal })),
  });

/** The persons who meet a pain. */
export function behind(key: string, pain: Pain, title: string): Behind {
  const cell = { signal: pain.signal, touchpoint: pain.touchpoint };
  return {
    title,
    key: ["pains", key, cell],
    page: (after, signal) => {
      const body = { query: questionOf(key), cell, limit: LIMIT, after };
      return told(api.POST("/v1/explore/pains/persons", { body, signal }));
    },
  };
}
