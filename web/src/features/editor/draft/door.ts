import type { Entry, JourneyMap, MapFile } from "@desireline/map-core";
import { queryOptions } from "@tanstack/react-query";
import { answered, api, told } from "../../../api/client.ts";
import type { DraftDoor, Opened } from "./keeper.ts";

/** The draft as it is now, and its revision. */
async function readDraft(key: string, signal?: AbortSignal): Promise<Opened> {
  const path = { params: { path: { key } }, ...(signal === undefined ? {} : { signal }) };
  const { data, response } = await answered(api.GET("/v1/maps/{key}/draft", path));
  const revision = Number(/\d+/.exec(response.headers.get("etag") ?? "")?.[0] ?? 0);
  return { map: data as unknown as JourneyMap, revision };
}

/** The draft, read each time that the editor is opened; from then on the stream keeps it. */
export const draftQuery = (key: string) =>
  queryOptions({
    queryKey: ["maps", key, "draft"],
    queryFn: ({ signal }) => readDraft(key, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** The way to the draft of a map. */
export function draftDoor(key: string): DraftDoor {
  const path = { key };
  return {
    send: async (request) => {
      const body = { ...request, changes: request.changes as unknown as Record<string, unknown>[] };
      const answer = await told(
        api.POST("/v1/maps/{key}/draft/changes", { params: { path }, body: body as never }),
      );
      return answer.entries as unknown as Entry[];
    },
    since: async (after) => {
      const params = { path, query: { after } };
      const answer = await told(api.GET("/v1/maps/{key}/draft/changes", { params }));
      return answer.entries as unknown as Entry[];
    },
    read: () => readDraft(key),
  };
}

/** The map file of a document that nobody has kept. */
export async function preview(map: JourneyMap, signal: AbortSignal): Promise<MapFile> {
  const body = map as unknown as never;
  return (await told(api.POST("/v1/maps/preview", { body, signal }))) as unknown as MapFile;
}

/** Says that this window is at the draft, and what of it is open; or that it leaves. */
export async function beHere(key: string, session: string, place: string, leaves = false): Promise<void> {
  const body = { session, place, leaves };
  await told(
    api.POST("/v1/maps/{key}/draft/here", { params: { path: { key } }, body, keepalive: leaves }),
  );
}
