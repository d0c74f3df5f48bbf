import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, told } from "../../../api/client.ts";
import { sayProblem } from "../../../ui/say.tsx";
import { useMay } from "../../session/queries.ts";
import { membersQuery } from "../../settings/team/queries.ts";
import { mapsQuery } from "../pages/map_queries.ts";

/** Who answers for a map, who could, and how somebody else does. */
export function useOwner(key: string) {
  const client = useQueryClient();
  const { data: maps } = useQuery(mapsQuery);
  const { data: members = [] } = useQuery({ ...membersQuery, staleTime: 60_000 });
  const mayEdit = useMay("edit_maps");
  const map = maps?.find((one) => one.key === key);
  const { mutate } = useMutation({
    mutationFn: (member: number | null) =>
      told(api.PUT("/v1/maps/{key}/owner", { params: { path: { key } }, body: { member } })),
    onSuccess: ({ owner }) => {
      client.setQueryData(mapsQuery.queryKey, (before) =>
        before?.map((one) => (one.key === key ? { ...one, owner } : one)),
      );
    },
    onError: sayProblem,
  });
  return { owner: map?.owner ?? null, known: map !== undefined, members, may: mayEdit, give: mutate };
}
