import type { JourneyMap } from "@desireline/map-core";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";

export type Asked = Shapes["CaseAsked"];
export type Removed = Shapes["RemovedTold"];
export type Text = Shapes["SpokenQuote"];

/** The case study as it would be; nothing is kept. */
export const lookQuery = (body: Asked) =>
  queryOptions({
    queryKey: ["case", body],
    queryFn: async ({ signal }) => {
      const seen = await told(api.POST("/v1/maps/case-study/look", { body, signal }));
      return { ...seen, document: seen.document as unknown as JourneyMap };
    },
    enabled: body.person !== "",
    placeholderData: keepPreviousData,
  });

export const makeCase = (body: Asked): Promise<Shapes["CaseMade"]> =>
  told(api.POST("/v1/maps/case-study", { body }));

/** What tells one text of a person from the others. */
export const textKey = (one: { position: number; property: string }): string => `${one.position} ${one.property}`;
