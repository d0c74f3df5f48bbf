import type { JourneyMap } from "@desireline/map-core";
import { queryOptions } from "@tanstack/react-query";
import { api, told } from "../../api/client.ts";

/** The map as it was published last. */
export const mapQuery = (key: string) =>
  queryOptions({
    queryKey: ["maps", key, "document"],
    queryFn: async ({ signal }) => {
      const params = { path: { key } };
      return (await told(api.GET("/v1/maps/{key}", { params, signal }))) as unknown as JourneyMap;
    },
  });
