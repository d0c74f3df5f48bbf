import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";

export type Hypothesis = Shapes["KeptHypothesis"];
export type Standing = Shapes["Standing"];
export type Stated = Shapes["StatedHypothesis"];

/** The claims of the workspace, as they were stated. */
export const hypothesesQuery = queryOptions({
  queryKey: ["hypotheses", "all"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/hypotheses", { signal }))).hypotheses,
});

/** What the log says of a claim, of this moment; the same claim restated is asked anew. */
export const standingQuery = ({ id, revision }: Hypothesis) =>
  queryOptions({
    queryKey: ["hypotheses", "standing", id, revision],
    queryFn: ({ signal }) =>
      told(api.GET("/v1/hypotheses/{number}/standing", { params: { path: { number: id } }, signal })),
    staleTime: 60_000,
    retry: false,
  });

/** How many decide such a claim. */
export const howManyQuery = (number: number, margin: number) =>
  queryOptions({
    queryKey: ["hypotheses", "needed", number, margin],
    queryFn: async ({ signal }) => {
      const params = { query: { number, margin } };
      return (await told(api.GET("/v1/hypotheses/needed", { params, signal }))).needed;
    },
    enabled: number > 0 && number < 1 && margin > 0 && margin < 1,
  });

const seen = ({ id, revision }: Hypothesis) => ({
  path: { number: id },
  header: { "if-match": `"${revision}"` },
});

export const state = (body: Stated): Promise<Hypothesis> => told(api.POST("/v1/hypotheses", { body }));

export const restate = (of: Hypothesis, body: Stated): Promise<Hypothesis> =>
  told(api.PUT("/v1/hypotheses/{number}", { params: seen(of), body }));

export const move = (of: Hypothesis, to: Hypothesis["state"]): Promise<Hypothesis> =>
  told(api.PUT("/v1/hypotheses/{number}/state", { params: seen(of), body: { state: to } }));

/** Asks the server to change the ledger, and reads it anew. */
export function useLedgerChange<V>(mutationFn: (said: V) => Promise<Hypothesis>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: ["hypotheses", "all"] }),
  });
}
