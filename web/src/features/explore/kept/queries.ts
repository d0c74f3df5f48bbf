import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../../api/client.ts";

/** The questions that somebody has kept. */
export const keptQuery = queryOptions({
  queryKey: ["explore", "kept"],
  queryFn: ({ signal }) => told(api.GET("/v1/questions", { signal })),
});

/** Keeps a question under a name. */
export function useKeep() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Shapes["NewQuestion"]) => told(api.POST("/v1/questions", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: keptQuery.queryKey }),
  });
}

/** Keeps it no longer. */
export function useLetGo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (number: number) =>
      told(api.DELETE("/v1/questions/{number}", { params: { path: { number } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keptQuery.queryKey }),
  });
}
