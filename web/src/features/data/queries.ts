import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";
import type { Mapping } from "./roles.ts";

export type Import = Shapes["ImportState"];

const EVERY_MS = 1_000;
const MOVES = new Set(["queued", "running", "cancelling"]);

/** Whether an import changes by itself. */
export const moves = (one: Import): boolean => MOVES.has(one.state);

export const importsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: async ({ signal }) =>
    (await told(api.GET("/v1/imports", { params: { query: {} }, signal }))).imports,
  refetchInterval: ({ state }) => (state.data?.some(moves) ? EVERY_MS : false),
});

export const importQuery = (ident: number) =>
  queryOptions({
    queryKey: ["imports", ident],
    queryFn: ({ signal }) =>
      told(api.GET("/v1/imports/{ident}", { params: { path: { ident } }, signal })),
    refetchInterval: ({ state }) =>
      state.data !== undefined && moves(state.data) ? EVERY_MS : false,
  });

/** What the file means and its first events; as is suggested where no mapping is given. */
export const previewQuery = (ident: number, mapping: Mapping | null) =>
  queryOptions({
    queryKey: ["imports", ident, "preview", mapping],
    queryFn: ({ signal }) =>
      told(
        api.POST("/v1/imports/{ident}/preview", {
          params: { path: { ident } },
          body: mapping === null ? {} : { mapping },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

export const asideQuery = (ident: number) =>
  queryOptions({
    queryKey: ["imports", ident, "aside"],
    queryFn: ({ signal }) =>
      told(api.GET("/v1/imports/{ident}/set-aside", { params: { path: { ident } }, signal })),
  });

/** Sends a file as it is. */
export const upload = (file: File): Promise<Import> =>
  told(
    api.POST("/v1/imports", {
      params: { query: { name: file.name } },
      body: file as unknown as { file?: string },
      bodySerializer: (body: unknown) => body as Blob,
      headers: { "Content-Type": "application/octet-stream" },
    }),
  );
