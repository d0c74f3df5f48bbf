import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";

export type Permission = Shapes["SessionTold"]["permissions"][number];
export type Member = NonNullable<Shapes["SessionTold"]["member"]>;

/** What somebody meets who comes here: signed in, asked to, or the first of all. */
export const doorQuery = queryOptions({
  queryKey: ["door"],
  queryFn: ({ signal }) => told(api.GET("/v1/door", { signal })),
  staleTime: 60_000,
});

/** Who is signed in, and what she may. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => told(api.GET("/v1/session", { signal })),
  staleTime: 60_000,
});

/** Whether the one who is signed in may do something; no, as long as it is not known. */
export function useMay(permission: Permission): boolean {
  const { data } = useQuery(sessionQuery);
  return data?.permissions.includes(permission) ?? false;
}

/** The member who is signed in; null at a machine that nobody owns yet, or before it is known. */
export function useMember(): Member | null {
  const { data } = useQuery(sessionQuery);
  return data?.member ?? null;
}
