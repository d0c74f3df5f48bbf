import { queryOptions } from "@tanstack/react-query";
import { api, told } from "../../api/client.ts";

/** What somebody shall do about a map, what is due first, first. */
export const tasksQuery = (map: string) =>
  queryOptions({
    queryKey: ["tasks", map],
    queryFn: async ({ signal }) =>
      (await told(api.GET("/v1/tasks", { params: { query: { map } }, signal }))).tasks,
  });
