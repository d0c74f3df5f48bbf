import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";

export type Opportunity = Shapes["Opportunity"];
export type Improvement = Shapes["Improvement"];
export type NewOpportunity = Shapes["NewOpportunity"];
export type NewImprovement = Shapes["NewImprovement"];

/** What was noted about a map, as it was noted. */
export const opportunitiesQuery = (map: string) =>
  queryOptions({
    queryKey: ["improve", map, "opportunities"],
    queryFn: async ({ signal }) => {
      const params = { query: { map } };
      return (await told(api.GET("/v1/opportunities", { params, signal }))).opportunities;
    },
  });

/** What is done about it, as it was planned. */
export const improvementsQuery = (map: string) =>
  queryOptions({
    queryKey: ["improve", map, "improvements"],
    queryFn: async ({ signal }) => {
      const params = { query: { map } };
      return (await told(api.GET("/v1/improvements", { params, signal }))).improvements;
    },
  });

const seen = (number: number, revision: number) => ({
  path: { number },
  header: { "if-match": `"${revision}"` },
});

export const note = (body: NewOpportunity): Promise<Opportunity> =>
  told(api.POST("/v1/opportunities", { body }));

export const reword = (of: Opportunity, body: Shapes["OpportunityDocument"]): Promise<Opportunity> =>
  told(api.PUT("/v1/opportunities/{number}", { params: seen(of.id, of.revision), body }));

export const moveOpportunity = (of: Opportunity, state: Opportunity["state"]): Promise<Opportunity> =>
  told(api.PUT("/v1/opportunities/{number}/state", { params: seen(of.id, of.revision), body: { state } }));

export const plan = (body: NewImprovement): Promise<Improvement> =>
  told(api.POST("/v1/improvements", { body }));

export const replan = (of: Improvement, body: Shapes["ChangedImprovement"]): Promise<Improvement> =>
  told(api.PUT("/v1/improvements/{number}", { params: seen(of.id, of.revision), body }));

export const moveImprovement = (
  of: Improvement,
  state: Improvement["state"],
  deployed_at: string | null = null,
): Promise<Improvement> =>
  told(
    api.PUT("/v1/improvements/{number}/state", {
      params: seen(of.id, of.revision),
      body: { state, deployed_at },
    }),
  );

/** Asks the server to change the board, and reads it anew, whatever came of it. */
export function useBoardChange<V, R>(mutationFn: (said: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: ["improve"] }),
  });
}

export type Effect = Shapes["MeasuredEffect"];
export type Point = Shapes["EffectPoint"];

/** What an improvement has changed, of this moment. */
export const effectQuery = (number: number) =>
  queryOptions({
    queryKey: ["improve", "effect", number],
    queryFn: ({ signal }) =>
      told(api.GET("/v1/improvements/{number}/effect", { params: { path: { number } }, signal })),
    staleTime: 60_000,
    retry: false,
  });

/** How many must come until its effect can be seen. */
export const neededQuery = (number: number) =>
  queryOptions({
    queryKey: ["improve", "needed", number],
    queryFn: ({ signal }) =>
      told(api.GET("/v1/improvements/{number}/needed", { params: { path: { number } }, signal })),
    staleTime: 60_000,
    retry: false,
  });

/** One improvement. */
export const improvementQuery = (number: number) =>
  queryOptions({
    queryKey: ["improve", "one", number],
    queryFn: ({ signal }) =>
      told(api.GET("/v1/improvements/{number}", { params: { path: { number } }, signal })),
  });

/** What is done at a touchpoint of a map. */
export const doneAtQuery = (map: string, touchpoint: string) =>
  queryOptions({
    queryKey: ["improve", map, "at", touchpoint],
    queryFn: async ({ signal }) => {
      const params = { query: { map, touchpoint } };
      return (await told(api.GET("/v1/improvements", { params, signal }))).improvements;
    },
    staleTime: 60_000,
  });
