import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Shapes, told } from "../../api/client.ts";

export type Dashboard = Shapes["KeptDashboard"];
export type ShownTile = Shapes["ShownTile"];
export type Target = Shapes["KnownTarget"];
export type Alert = Shapes["KnownAlert"];
export type NewDashboard = Shapes["NewDashboard"];

const SOON_MS = 30_000;

export const boardsQuery = queryOptions({
  queryKey: ["boards", "all"],
  queryFn: ({ signal }) => told(api.GET("/v1/dashboards", { signal })),
});

export const boardQuery = (number: number) =>
  queryOptions({
    queryKey: ["boards", "one", number],
    queryFn: ({ signal }) => told(api.GET("/v1/dashboards/{number}", { params: { path: { number } }, signal })),
    refetchInterval: SOON_MS,
  });

export const targetsQuery = queryOptions({
  queryKey: ["boards", "targets"],
  queryFn: ({ signal }) => told(api.GET("/v1/targets", { signal })),
  refetchInterval: SOON_MS,
});

export const alertsQuery = queryOptions({
  queryKey: ["boards", "alerts"],
  queryFn: ({ signal }) => told(api.GET("/v1/alerts", { params: { query: { limit: 50 } }, signal })),
  refetchInterval: SOON_MS,
});

/** How many alerts nobody has seen. */
export const useUnseen = (): number => useQuery(alertsQuery).data?.unseen ?? 0;

/** Makes a dashboard; what it is from now on. */
export function useMakeBoard() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewDashboard) => told(api.POST("/v1/dashboards", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: boardsQuery.queryKey }),
  });
}

/** What is sent of a dashboard that was read. */
export function asNew({ name, description, tiles }: Dashboard): NewDashboard {
  return { name, description, tiles: tiles.map(bare) };
}

/** A tile without what the server tells of its question. */
export function bare(tile: ShownTile): Shapes["Tile"] {
  const { question, query, title, view, figure, place } = tile;
  return {
    title,
    view,
    place,
    ...(question === null || question === undefined ? { query } : { question }),
    ...(figure === null || figure === undefined ? {} : { figure }),
  };
}

/** What becomes other of a dashboard. */
export type Change = Partial<Pick<Dashboard, "name" | "description" | "tiles">>;

/**
 * Changes a dashboard. One change waits for the one before, and goes on from its version; where
 * somebody else was first the server says so, and the dashboard is read anew.
 */
export function useChangeBoard(number: number) {
  const client = useQueryClient();
  const { queryKey } = boardQuery(number);
  const mutationKey = ["board", number];
  const known = (): Dashboard => client.getQueryData<Dashboard>(queryKey)!;
  return useMutation({
    mutationKey,
    scope: { id: mutationKey.join(" ") },
    mutationFn: async (change: Change) => {
      const board = known();
      const params = { path: { number }, header: { "if-match": `"${board.version}"` } };
      const body = asNew({ ...board, ...change });
      return (await answered(api.PUT("/v1/dashboards/{number}", { params, body }))).data;
    },
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData<Dashboard>(queryKey, { ...known(), ...change });
    },
    onSuccess: (now) => {
      const isLast = client.isMutating({ mutationKey }) === 1;
      client.setQueryData<Dashboard>(queryKey, isLast ? now : { ...known(), version: now.version });
      void client.invalidateQueries({ queryKey: boardsQuery.queryKey });
    },
    onError: () => client.invalidateQueries({ queryKey }),
  });
}

/** Puts a kept question on a dashboard, as its last tile. */
export async function addTile(number: number, question: number): Promise<void> {
  const path = { number };
  const board = await told(api.GET("/v1/dashboards/{number}", { params: { path } }));
  const next = asNew(board);
  const place = { x: 0, y: board.tiles.length, w: 6, h: 4 };
  const tiles = [...(next.tiles ?? []), { question, title: "", view: "chart", place }];
  const params = { path, header: { "if-match": `"${board.version}"` } };
  await told(api.PUT("/v1/dashboards/{number}", { params, body: { ...next, tiles } }));
}

/** Deletes a dashboard; its questions stay. */
export function useDropBoard() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (number: number) =>
      told(api.DELETE("/v1/dashboards/{number}", { params: { path: { number } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: boardsQuery.queryKey }),
  });
}

const ofTargets = (client: ReturnType<typeof useQueryClient>) => () =>
  client.invalidateQueries({ queryKey: ["boards"] });

/** Sets a target. */
export function useSetTarget() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Shapes["NewTarget"]) => told(api.POST("/v1/targets", { body })),
    onSuccess: ofTargets(client),
  });
}

/** Changes a target, as far as one says. */
export function useChangeTarget() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ target, said }: { target: Target; said: Partial<Shapes["Aim"]> }) => {
      const { name, figure, op, threshold, active, muted } = target;
      const params = { path: { number: target.id }, header: { "if-match": `"${target.version}"` } };
      const body = { name, figure, op, threshold, active, muted, ...said };
      return told(api.PUT("/v1/targets/{number}", { params, body }));
    },
    onSettled: ofTargets(client),
  });
}

/** Deletes a target, and its alerts with it. */
export function useDropTarget() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (number: number) =>
      told(api.DELETE("/v1/targets/{number}", { params: { path: { number } } })),
    onSuccess: ofTargets(client),
  });
}

/** The alerts up to this one were seen. */
export function useSeen() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (up_to: number) => told(api.POST("/v1/alerts/seen", { body: { up_to } })),
    onSettled: () => client.invalidateQueries({ queryKey: alertsQuery.queryKey }),
  });
}
