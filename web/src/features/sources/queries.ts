import { queryOptions } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";

export type KnownSource = Shapes["KnownSource"];
export type SeenSource = Shapes["SeenSource"];
export type ArrivedEvent = Shapes["ArrivedEvent"];
export type Arrivals = Shapes["Arrivals"];
export type Reason = Shapes["FailureReason"];
export type Failure = Shapes["Failure"];

const EVERY_MS = 5_000;
const SHOWN = 20;

/** Sources with keys. */
export const sourcesQuery = queryOptions({
  queryKey: ["sources", "known"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/sources", { signal }))).sources,
  refetchInterval: EVERY_MS,
});

/** What each source has brought, those without a key too. */
export const seenQuery = queryOptions({
  queryKey: ["sources", "seen"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/events/sources", { signal }))).sources,
  refetchInterval: EVERY_MS,
});

/** Why events could not be stored. */
export const reasonsQuery = queryOptions({
  queryKey: ["sources", "failed", "reasons"],
  queryFn: async ({ signal }) =>
    (await told(api.GET("/v1/events/failed/reasons", { params: { query: {} }, signal }))).reasons,
  refetchInterval: EVERY_MS,
});

/** The events behind a reason, the newest first. */
export const failuresQuery = ({ source, code }: Reason) =>
  queryOptions({
    queryKey: ["sources", "failed", source, code],
    queryFn: async ({ signal }) => {
      const query = { source, code, most: SHOWN };
      return (await told(api.GET("/v1/events/failed", { params: { query }, signal }))).failed;
    },
    refetchInterval: EVERY_MS,
  });

/** A failed event as it can be read. */
export const failedBody = async (number: number): Promise<string> =>
  (await told(api.GET("/v1/events/failed/{number}", { params: { path: { number } } }))).readable;

/** Takes a failed event in again, mended where a body is given. */
export const replay = (number: number, body: string | null) =>
  told(
    api.POST("/v1/events/failed/{number}/replay", {
      params: { path: { number } },
      ...(body === null ? {} : { body: body as never, bodySerializer: (text: unknown) => text as string }),
      headers: { "Content-Type": "application/json" },
    }),
  );

/** The last events that came, of a source and a type where they are named. */
export const recent = (source: string, type: string): Promise<Arrivals> =>
  told(
    api.GET("/v1/events/recent", {
      params: {
        query: {
          ...(source === "" ? {} : { source: [source] }),
          ...(type === "" ? {} : { type: [type] }),
        },
      },
    }),
  );
