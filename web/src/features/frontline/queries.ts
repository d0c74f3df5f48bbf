import type { JourneyMap } from "@desireline/map-core";
import { queryOptions } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";
import type { Shown } from "./place.ts";

export type Nomination = Shapes["Nomination"];

/** Pain points that were nominated, the newest first. */
export const nominationsQuery = (show: Shown) =>
  queryOptions({
    queryKey: ["nominations", show],
    queryFn: async ({ signal }) => {
      const query = show === "mine" ? { mine: true } : { status: show };
      return (await told(api.GET("/v1/nominations", { params: { query }, signal }))).nominations;
    },
  });

/** A map as it is being drawn, for its touchpoints. */
export const drawnQuery = (key: string) =>
  queryOptions({
    queryKey: ["maps", key, "drawn"],
    queryFn: async ({ signal }) =>
      (await told(api.GET("/v1/maps/{key}/draft", { params: { path: { key } }, signal }))) as unknown as JourneyMap,
    enabled: key !== "",
  });

export const nominate = (body: Shapes["NewNomination"]): Promise<Nomination> =>
  told(api.POST("/v1/nominations", { body }));

/** Says that one knows it too, or takes that back. */
export const agree = (number: number, department: string | null): Promise<Nomination> => {
  const params = { path: { number } };
  return department === null
    ? told(api.DELETE("/v1/nominations/{number}/vote", { params }))
    : told(api.PUT("/v1/nominations/{number}/vote", { params, body: { department } }));
};

export const answerIt = (number: number, body: Shapes["NominationAnswer"]): Promise<Nomination> =>
  told(api.PATCH("/v1/nominations/{number}", { params: { path: { number } }, body }));

export const takeUp = (number: number, body: Shapes["TakenUp"]): Promise<Nomination> =>
  told(api.POST("/v1/nominations/{number}/take-up", { params: { path: { number } }, body }));
