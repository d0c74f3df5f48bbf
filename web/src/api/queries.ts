import { QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem.ts";

/** Asked again by itself: only what may go well a little later. */
const again = (count: number, error: Error): boolean =>
  count < 2 && error instanceof Problem && (error.status === 0 || error.status === 503);

/** Everything that the application knows from the server. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // The session has ended: the door says so, and the frame leads to where one signs in.
      if (error instanceof Problem && error.status === 401)
        void queries.invalidateQueries({ queryKey: ["door"] });
    },
  }),
  defaultOptions: {
    // Also without a network: the server may stand on this very machine.
    queries: { retry: again, staleTime: 10_000, refetchOnWindowFocus: true, networkMode: "always" },
    mutations: { retry: false, networkMode: "always" },
  },
});
