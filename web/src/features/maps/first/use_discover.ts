import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, told } from "../../../api/client.ts";

/** Has a map found in the log and published, under a name or the usual one. */
export function useDiscover() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name?: string) =>
      told(
        api.POST("/v1/maps/discover", {
          body: { name: name ?? "Customer journey", touchpoints: 40, publish: true },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["maps"] }),
  });
}
