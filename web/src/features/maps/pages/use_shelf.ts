import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { sayProblem, sayUndo } from "../../../ui/say.tsx";
import { draftOf, type MapState } from "./map_queries.ts";

/** Puts a map away, and says so with a way back. */
export function usePutAway() {
  const client = useQueryClient();
  const { t } = useTranslation();
  const takeBack = useTakeBack();
  return useMutation({
    mutationFn: ({ key }: MapState) =>
      told(api.POST("/v1/maps/{key}/archive", { params: { path: { key } } })),
    onSuccess: (map) => {
      void client.invalidateQueries({ queryKey: ["maps"] });
      sayUndo(t("maps.put_away", { name: map.name }), () => takeBack.mutate(map));
    },
    onError: sayProblem,
  });
}

/** Takes back a map that was put away. */
export function useTakeBack() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key }: MapState) =>
      told(api.POST("/v1/maps/{key}/restore", { params: { path: { key } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["maps"] }),
    onError: sayProblem,
  });
}

/** A new map with the draft of another, which opens. */
export function useDuplicate() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: async ({ key, name }: MapState) => {
      const document = { ...(await draftOf(key)), name: t("maps.copy_of", { name }) };
      return told(api.POST("/v1/maps", { body: document as never }));
    },
    onSuccess: ({ key }) => {
      void client.invalidateQueries({ queryKey: ["maps"] });
      void navigate({ to: "/maps/$key/edit", params: { key } });
    },
    onError: sayProblem,
  });
}
