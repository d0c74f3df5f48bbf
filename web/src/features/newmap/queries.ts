import type { JourneyMap, MapFile } from "@desireline/map-core";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, type Shapes, told } from "../../api/client.ts";

export type Template = Shapes["Template"];

/** Maps to begin from, one an industry. */
export const templatesQuery = queryOptions({
  queryKey: ["templates"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/map-templates", { signal }))).templates,
  staleTime: Infinity,
});

/** A template with the figures that this log gives it. */
export const templateQuery = (template: string | null) =>
  queryOptions({
    queryKey: ["templates", template],
    queryFn: async ({ signal }) => {
      const params = { path: { template: template ?? "" } };
      const found = await told(api.GET("/v1/map-templates/{template}", { params, signal }));
      const file = await told(api.POST("/v1/maps/preview", { body: found as never, signal }));
      return { document: found as unknown as JourneyMap, file: file as unknown as MapFile };
    },
    enabled: template !== null,
  });

/** The types of events that the log has, to choose a goal from. */
export const eventTypesQuery = queryOptions({
  queryKey: ["event-types"],
  queryFn: ({ signal }) => told(api.GET("/v1/event-types", { signal })),
});

/** How many events there are to find a map in. */
export const storedQuery = queryOptions({
  queryKey: ["counts"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/counts", { signal }))).stored,
});

/** A text that is a map, and which form it has. */
export interface Sent {
  text: string;
  type: string;
}

const asText = (body: unknown): string => body as string;

/** A new map of a document or a file, which opens for editing. */
export function useAddMap() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (sent: Sent) =>
      told(
        api.POST("/v1/maps", {
          body: sent.text as never,
          bodySerializer: asText,
          headers: { "Content-Type": sent.type },
        }),
      ),
    onSuccess: ({ key }) => {
      void client.invalidateQueries({ queryKey: ["maps"] });
      void navigate({ to: "/maps/$key/edit", params: { key } });
    },
  });
}

/** A document as it is sent. */
export const asJson = (document: object): Sent => ({
  text: JSON.stringify(document),
  type: "application/json",
});

/** Has a map found in the log, and opens it: published, or as a draft for who may not publish. */
export function useFindMap() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: { name: string; outcome: string | null; publish: boolean }) =>
      told(api.POST("/v1/maps/discover", { body: { ...body, touchpoints: 40 } })),
    onSuccess: ({ key, version }) => {
      void client.invalidateQueries({ queryKey: ["maps"] });
      const to = version === null ? "/maps/$key/edit" : "/maps/$key";
      void navigate({ to, params: { key } });
    },
  });
}
