import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../../api/client.ts";

export type Comment = Shapes["Comment"];
export type Task = Shapes["Task"];

/** What is spoken of: the map (nothing), a stage, a touchpoint, a lane, or with both of these a cell. */
export interface Place {
  stage: string;
  touchpoint: string;
  lane: string;
}

export const WHOLE_MAP: Place = { stage: "", touchpoint: "", lane: "" };
/** Others speak, too: asked again so often while one looks, by one component for all. */
export const AGAIN_MS = 15_000;

const ofMap = (key: string) => ({ path: { key } });

export const commentsQuery = (map: string) =>
  queryOptions({
    queryKey: ["discussion", map, "comments"],
    queryFn: async ({ signal }) =>
      (await told(api.GET("/v1/maps/{key}/comments", { params: ofMap(map), signal }))).comments,
  });

export const tasksQuery = (map: string) =>
  queryOptions({
    queryKey: ["discussion", map, "tasks"],
    queryFn: async ({ signal }) =>
      (await told(api.GET("/v1/tasks", { params: { query: { map } }, signal }))).tasks,
  });

/** What somebody shall still do, on all maps; of everybody for nobody. */
export const tasksOfQuery = (assignee: string, undone: boolean) =>
  queryOptions({
    queryKey: ["discussion", "tasks", assignee, undone],
    queryFn: async ({ signal }) =>
      (await told(api.GET("/v1/tasks", { params: { query: { assignee, undone } }, signal }))).tasks,
  });

export const votesQuery = (map: string) =>
  queryOptions({
    queryKey: ["discussion", map, "votes"],
    queryFn: ({ signal }) => told(api.GET("/v1/maps/{key}/votes", { params: ofMap(map), signal })),
  });

/** Asks the server to change something that is said, and reads it all anew. */
export function useSaying<V>(mutationFn: (said: V) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: ["discussion"] }),
  });
}

export const sayTo = (map: string) => (body: Shapes["NewComment"]) =>
  told(api.POST("/v1/maps/{key}/comments", { params: ofMap(map), body }));

export const changeComment = ({ id, ...body }: { id: number } & Shapes["CommentChange"]) =>
  told(api.PATCH("/v1/comments/{number}", { params: { path: { number: id } }, body }));

export const withdrawComment = (id: number) =>
  told(api.DELETE("/v1/comments/{number}", { params: { path: { number: id } } }));

export const assignTo = (map: string) => (body: Shapes["NewTask"]) =>
  told(api.POST("/v1/maps/{key}/tasks", { params: ofMap(map), body }));

export const changeTask = ({ id, ...body }: { id: number } & Shapes["TaskChange"]) =>
  told(api.PATCH("/v1/tasks/{number}", { params: { path: { number: id } }, body }));
