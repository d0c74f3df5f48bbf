import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import type { Rule } from "@desireline/map-core";
import { api, type Shapes, told } from "../../../api/client.ts";

/** What of the log a condition names. */
export type Named = "event" | "channel" | "actor";

const MOST = 50;
const MOST_TYPES = 8;
/** A preview is asked again so often: events come in while one edits. */
const PREVIEW_AGAIN_MS = 4_000;

/** Names that were seen and hold the text, the most frequent first, with their events. */
export function useNames(field: Named, text: string, open: boolean) {
  return useQuery({
    queryKey: ["rules", "names", field, text],
    queryFn: async ({ signal }) =>
      (await told(api.POST("/v1/explore/check", { body: { field, text, limit: 100 }, signal })))
        .completions,
    enabled: open,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

/** The properties of event types, each once, by name. */
export function usePropertiesOf(events: string[]): Shapes["KnownProperty"][] {
  return useQueries({
    queries: events.slice(0, MOST_TYPES).map((name) => ({
      queryKey: ["rules", "type", name],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        told(api.GET("/v1/event-types/{name}", { params: { path: { name } }, signal })),
      retry: false,
      staleTime: 60_000,
    })),
    combine: (asked) => {
      const all = asked.flatMap(({ data }) => data?.properties ?? []);
      const once = new Map(all.map((property) => [property.name, property]));
      return [...once.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
  });
}

/** Values of a property that were seen and hold the text, the most frequent first. */
export function useValues(column: string, text: string, open: boolean) {
  return useQuery({
    queryKey: ["rules", "values", column, text],
    queryFn: async ({ signal }) => {
      const body = { field: "value" as const, column, text, limit: MOST };
      return (await told(api.POST("/v1/explore/check", { body, signal }))).completions;
    },
    enabled: open && column !== "",
    retry: false,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** What a rule would catch; an older question is aborted, and its answer stays until the next. */
export function useRulePreview(rule: Rule, map: string | null, touchpoint: string | null) {
  return useQuery({
    queryKey: ["rules", "preview", map, touchpoint, rule],
    queryFn: ({ signal }) =>
      told(api.POST("/v1/maps/rule-preview", { body: { rule, map, touchpoint }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
    gcTime: 60_000,
    refetchInterval: PREVIEW_AGAIN_MS,
  });
}

/** The rule of a pattern that can be read; null for one that cannot. */
export async function ruleOfPattern(text: string): Promise<Rule | null> {
  const body = { field: "pattern" as const, text, limit: 1 };
  const checked = await told(api.POST("/v1/explore/check", { body }));
  return checked.ok ? ((checked.rule ?? null) as Rule | null) : null;
}
