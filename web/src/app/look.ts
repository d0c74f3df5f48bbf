import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, told } from "../api/client.ts";
import type { Brand } from "../ui/brand.ts";

/** How the workspace looks: its colours come as a stylesheet, name and logo by this. */
export const lookQuery = queryOptions({
  queryKey: ["look"],
  queryFn: ({ signal }) => told(api.GET("/v1/appearance", { signal })),
  staleTime: Infinity,
});

export const OWN_NAME = "Desireline";

/** Name and logo of the workspace; the product's own before they are known, and without any. */
export function useLook(): { name: string; logo: string | null } {
  const { data } = useQuery(lookQuery);
  return { name: data?.name || OWN_NAME, logo: data?.logo ?? null };
}

/** What the workspace chose of its own; empty where it wears the product's. */
export function useOwnLook(): Brand {
  const { data } = useQuery(lookQuery);
  return { name: data?.name ?? "", logo: data?.logo ?? null };
}

/** Names the page in the browser's tab, with the workspace behind it. */
export function useTitle(title: string | undefined): void {
  const { name } = useLook();
  useEffect(() => {
    document.title = title === undefined || title === "" ? name : `${title} – ${name}`;
  }, [title, name]);
}

/** Has the page wear the colours that were chosen just now, without loading it anew. */
export function wearLook(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>("link[href^='/v1/appearance/']")) {
    const address = new URL(link.href);
    address.searchParams.set("seen", String(Date.now()));
    link.href = address.href;
  }
}
