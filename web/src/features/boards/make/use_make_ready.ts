import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { keptQuery } from "../../explore/kept/queries.ts";
import type { Dashboard } from "../queries.ts";
import { type Named, planned, type Ready } from "./ready_made.ts";

interface Wanted {
  ready: Ready;
  named: Named;
}

/** Keeps the questions of a ready-made dashboard and makes it; where that fails, nothing is left. */
export function useMakeReady() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ ready, named }: Wanted): Promise<Dashboard> => {
      const plan = planned(ready, { look: "", cart: "", order: "", again: "", ...named });
      const kept: number[] = [];
      try {
        for (const { name, query } of plan) {
          const body = { name: t(`boards.${name}`), description: "", query };
          // One after another: a server with little memory is not asked for all at once.
          // oxlint-disable-next-line no-await-in-loop
          kept.push((await told(api.POST("/v1/questions", { body }))).id);
        }
        const tiles = plan.map(({ view, w, figure }, at) => ({
          question: kept[at]!,
          title: "",
          view,
          place: { x: 0, y: at, w, h: 4 },
          figure: figure ?? null,
        }));
        const name = t(`boards.ready_${ready}`);
        const description = t(`boards.ready_${ready}_text`);
        return await told(api.POST("/v1/dashboards", { body: { name, description, tiles } }));
      } catch (error) {
        await Promise.allSettled(
          kept.map((number) => api.DELETE("/v1/questions/{number}", { params: { path: { number } } })),
        );
        throw error;
      }
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["boards"] });
      void client.invalidateQueries({ queryKey: keptQuery.queryKey });
    },
  });
}
