import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";
import type { Filters } from "./timeline/filters.ts";

export type Profile = Shapes["PersonProfile"];
export type Entry = Shapes["TimelineEntry"];
export type Attached = Shapes["Attachment"];
export type Link = Shapes["KnownLink"];
export type Found = Shapes["FoundPerson"];

const FOUND = 20;
const ENTRIES = 50;
const of = (person: string) => ({ path: { person } });

/** Persons whose identifier or name begins so; nobody for nothing. */
export const searchQuery = (words: string) =>
  infiniteQueryOptions({
    queryKey: ["people", "search", words],
    enabled: words !== "",
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      told(
        api.GET("/v1/persons", {
          params: { query: { search: words, limit: FOUND, after: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const profileQuery = (person: string) =>
  queryOptions({
    queryKey: ["people", person, "profile"],
    queryFn: ({ signal }) => told(api.GET("/v1/persons/{person}", { params: of(person), signal })),
  });

export const timelineQuery = (person: string, filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ["people", person, "timeline", filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = {
        order: filters.order ?? ("newest" as const),
        unfold: filters.unfold ?? false,
        channel: filters.channel === undefined ? [] : [filters.channel],
        department: filters.department === undefined ? [] : [filters.department],
        type: filters.type === undefined ? [] : [filters.type],
        limit: ENTRIES,
        after: pageParam,
      };
      const params = { ...of(person), query };
      return told(api.GET("/v1/persons/{person}/timeline", { params, signal }));
    },
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** What the person said, without who she is; the newest first. */
export const quotesQuery = (person: string) =>
  queryOptions({
    queryKey: ["people", person, "quotes"],
    queryFn: async ({ signal }) =>
      (
        await told(api.GET("/v1/persons/{person}/quotes", { params: of(person), signal }))
      ).quotes.toReversed(),
  });

export const linksQuery = (person: string) =>
  queryOptions({
    queryKey: ["people", person, "links"],
    queryFn: async ({ signal }) =>
      (await told(api.GET("/v1/persons/{person}/links", { params: of(person), signal }))).links,
  });

export const consentsQuery = (person: string) =>
  queryOptions({
    queryKey: ["people", person, "consents"],
    queryFn: async ({ signal }) =>
      (await told(api.GET("/v1/persons/{person}/consents", { params: of(person), signal })))
        .consents,
  });

export const accountsQuery = (person: string) =>
  queryOptions({
    queryKey: ["people", person, "accounts"],
    queryFn: async ({ signal }) =>
      (await told(api.GET("/v1/persons/{person}/accounts", { params: of(person), signal })))
        .members,
  });

export const accountQuery = (account: number) =>
  queryOptions({
    queryKey: ["accounts", account],
    queryFn: ({ signal }) =>
      told(
        api.GET("/v1/accounts/{account}", { params: { path: { account: String(account) } }, signal }),
      ),
  });
