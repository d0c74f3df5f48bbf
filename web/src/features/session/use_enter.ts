import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";

/** Only addresses of our own pages: a link must not send people elsewhere after they sign in. */
const own = (to: string | undefined): string =>
  to !== undefined && /^\/(?![/\\])/.test(to) ? to : "/";

/** Goes in, to where one wanted to go, with nothing known of who was here before. */
export function useEnter(to?: string): () => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return useCallback(async () => {
    client.clear();
    await router.navigate({ href: own(to), replace: true });
  }, [client, router, to]);
}
