import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";
import type { Behind } from "../explore/asking.ts";

export type Found = Shapes["Answer_ConformanceResult_"];
export type Deviation = Shapes["Deviation"];
export type Way = Shapes["Way"];

const LIMIT = 100;

const questionOf = (key: string): Shapes["ConformanceQuestion"] =>
  ({ map: { key }, ways: 12 }) as Shapes["ConformanceQuestion"];

/** How journeys follow the map, of this moment. */
export const conformanceQuery = (key: string) =>
  queryOptions({
    queryKey: ["explore", "conformance", key],
    queryFn: async ({ signal }) =>
      (await told(
        api.POST("/v1/explore/conformance", { body: questionOf(key), signal }),
      )) as Found,
    placeholderData: keepPreviousData,
  });

/** The persons who deviate in one way. */
export function behind(key: string, deviation: Deviation, title: string): Behind {
  const cell = { kind: deviation.kind, name: deviation.touchpoint ?? deviation.event ?? "" };
  return {
    title,
    key: ["conformance", key, cell],
    page: (after, signal) => {
      const body = { query: questionOf(key), cell, limit: LIMIT, after };
      return told(api.POST("/v1/explore/conformance/persons", { body, signal }));
    },
  };
}
