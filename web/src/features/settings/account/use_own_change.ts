import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../../api/client.ts";

/** Changes something of the member who is signed in. */
export function useOwnChange(then: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<Shapes["OwnChange"]>) =>
      told(api.PATCH("/v1/session/member", { body: { old_password: "", ...change } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["session"] });
      then();
    },
  });
}
