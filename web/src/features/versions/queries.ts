import type { JourneyMap, MapFile } from "@desireline/map-core";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered, api, told } from "../../api/client.ts";
import { sayProblem, sayUndo } from "../../ui/say.tsx";
import type { Named } from "./sides.ts";

const path = (key: string) => ({ path: { key } });

/** One side with the figures of this moment; those of a draft are computed for it alone. */
export const sideQuery = (key: string, side: Named | null) =>
  queryOptions({
    queryKey: ["maps", key, "side", side],
    queryFn: async ({ signal }) => {
      if (side !== "draft") {
        const params = { ...path(key), query: { version: side } };
        const file = await told(api.GET("/v1/maps/{key}/figures", { params, signal }));
        return file as unknown as MapFile;
      }
      const draft = await told(api.GET("/v1/maps/{key}/draft", { params: path(key), signal }));
      const file = await told(api.POST("/v1/maps/preview", { body: draft as never, signal }));
      return file as unknown as MapFile;
    },
  });

export interface Asked {
  from: Named;
  to: Named | null;
  other?: string | undefined;
}

/** What the two sides differ in, part by part. */
export const differenceQuery = (key: string, { from, to, other }: Asked) =>
  queryOptions({
    queryKey: ["maps", key, "difference", from, to, other],
    queryFn: async ({ signal }) => {
      const query = {
        from: String(from),
        to: to === null ? null : String(to),
        other: other ?? null,
      };
      const params = { ...path(key), query };
      return (await told(api.GET("/v1/maps/{key}/difference", { params, signal }))).differences;
    },
  });

/** One window of one person, by which the draft knows whose changes are whose. */
const SESSION = crypto.randomUUID();

async function draftOf(key: string): Promise<{ document: JourneyMap; revision: number }> {
  const found = await answered(api.GET("/v1/maps/{key}/draft", { params: path(key) }));
  const revision = Number(/\d+/.exec(found.response.headers.get("etag") ?? "")?.[0] ?? 0);
  return { document: found.data as unknown as JourneyMap, revision };
}

/** Makes a document the draft, and gives the one that it replaces. */
async function replace(key: string, document: JourneyMap): Promise<JourneyMap> {
  const { document: before, revision } = await draftOf(key);
  const change = { type: "replace", document };
  const body = { base_revision: revision, session: SESSION, changes: [change] };
  await told(api.POST("/v1/maps/{key}/draft/changes", { params: path(key), body }));
  return before;
}

/** Brings an old version back as the draft, and says so with a way back. */
export function useBringBack(key: string) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const heard = () => client.invalidateQueries({ queryKey: ["maps"] });
  const undo = useMutation({
    mutationFn: (document: JourneyMap) => replace(key, document),
    onSuccess: heard,
    onError: sayProblem,
  });
  return useMutation({
    mutationFn: async (version: number) => {
      const params = { path: { key, version } };
      const found = await told(api.GET("/v1/maps/{key}/versions/{version}", { params }));
      return replace(key, found as unknown as JourneyMap);
    },
    onSuccess: (before, version) => {
      void heard();
      sayUndo(t("versions.brought_back", { version }), () => undo.mutate(before));
    },
    onError: sayProblem,
  });
}
