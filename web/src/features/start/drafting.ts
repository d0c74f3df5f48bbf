import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";
import type { PlanDocument } from "./keeping.ts";

type MapState = Shapes["MapState"];

interface Wanted {
  plan: PlanDocument;
  name: string;
  publish: boolean;
}

/** The first map of a plan: found in the log, or a hypothesis from the template of an industry. */
export function useDraft(made: (map: MapState) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) => (wanted.plan.way === "template" ? fromTemplate(wanted) : found(wanted)),
    onSuccess: async (map) => {
      await client.invalidateQueries({ queryKey: ["maps"] });
      made(map);
    },
  });
}

const found = ({ plan, name, publish }: Wanted): Promise<MapState> =>
  told(
    api.POST("/v1/maps/discover", {
      body: {
        name,
        goal: plan.goal === "" ? null : (plan.goal ?? null),
        outcome: plan.outcome ?? null,
        touchpoints: 40,
        publish,
      },
    }),
  );

async function fromTemplate({ plan, name, publish }: Wanted): Promise<MapState> {
  const path = { template: plan.template ?? "retail" };
  const document = (await told(api.GET("/v1/map-templates/{template}", { params: { path } }))) as {
    goal: { statement: string };
  };
  const goal = { ...document.goal, statement: plan.goal || document.goal.statement };
  const body = { ...document, name, kind: "hypothesis", goal } as never;
  const map = await told(api.POST("/v1/maps", { body }));
  if (!publish) return map;
  return told(
    api.POST("/v1/maps/{key}/publish", {
      params: { path: { key: map.key }, header: { "if-match": `"${map.revision}"` } },
    }),
  );
}
