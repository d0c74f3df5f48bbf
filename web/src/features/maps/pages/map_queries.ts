import type { JourneyMap, MapFile } from "@desireline/map-core";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answered, api, type Shapes, told } from "../../../api/client.ts";

export type MapState = Shapes["MapState"];
export type Headline = NonNullable<MapState["headline"]>;

/** All maps, the one published last first. */
export const mapsQuery = queryOptions({
  queryKey: ["maps"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/maps", { signal }))).maps,
});

/** The same with the figures of each; a large log takes a while. */
export const headlinesQuery = queryOptions({
  queryKey: ["maps", "", "headlines"],
  queryFn: async ({ signal }) => {
    const query = { params: { query: { headline: true } }, signal };
    const { maps } = await told(api.GET("/v1/maps", query));
    return new Map(maps.map((map) => [map.key, map.headline ?? null]));
  },
  staleTime: 60_000,
});

/** The maps that were put away. */
export const awayQuery = queryOptions({
  queryKey: ["maps", "", "away"],
  queryFn: async ({ signal }) => {
    const query = { params: { query: { archived: true } }, signal };
    return (await told(api.GET("/v1/maps", query))).maps;
  },
});

/**
 * A published map with its figures, of everybody or of a persona's people, and the id by which its
 * stream goes on from there.
 */
export const mapFileQuery = (key: string, persona?: string) =>
  queryOptions({
    queryKey: ["maps", key, "figures", "now", persona],
    queryFn: async ({ signal }) => {
      const query = persona === undefined ? {} : { persona };
      const path = { params: { path: { key }, query }, signal };
      const { data, response } = await answered(api.GET("/v1/maps/{key}/figures", path));
      const id = (response.headers.get("etag") ?? "").replace(/^(W\/)?"|"$/g, "");
      return { file: data as MapFile, id };
    },
    // The stream brings what is new.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });

/** The map as it was known at a moment: the version in force then, and the figures of then. */
export const mapAtQuery = (key: string, at: string | undefined, persona?: string) =>
  queryOptions({
    queryKey: ["maps", key, "figures", at, persona],
    queryFn: async ({ signal }) => {
      const params = { path: { key }, query: { at: at ?? "", ...(persona !== undefined && { persona }) } };
      return (await told(api.GET("/v1/maps/{key}/figures", { params, signal }))) as MapFile;
    },
    enabled: at !== undefined,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    // The day before stays until the next one is here.
    placeholderData: keepPreviousData,
  });

/** The published versions, the newest first. */
export const versionsQuery = (key: string) =>
  queryOptions({
    queryKey: ["maps", key, "versions"],
    queryFn: async ({ signal }) => {
      const params = { path: { key } };
      return (await told(api.GET("/v1/maps/{key}/versions", { params, signal }))).versions;
    },
  });

/** The draft's document, or the published one that the next draft begins from. */
export async function draftOf(key: string): Promise<JourneyMap> {
  const found = await told(api.GET("/v1/maps/{key}/draft", { params: { path: { key } } }));
  return found as unknown as JourneyMap;
}
