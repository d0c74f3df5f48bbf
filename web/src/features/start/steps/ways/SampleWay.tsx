import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../../api/client.ts";
import { ProblemNote } from "../../../../ui/ProblemNote.tsx";
import { ImportBody } from "../../../data/ImportBody.tsx";
import { importQuery } from "../../../data/queries.ts";
import type { Stepping } from "../stepping.ts";

/** The made-up shop: simulated and imported by one click. */
export function SampleWay({ keeping: { plan, change } }: Stepping) {
  const { t } = useTranslation();
  const number = plan.import_number ?? null;
  const { data: one } = useQuery({ ...importQuery(number ?? 0), enabled: number !== null });
  const bring = useMutation({
    mutationFn: () => told(api.POST("/v1/imports/sample")),
    onSuccess: ({ id }) =>
      change({ import_number: id, outcome: plan.outcome ?? "order_completed" }, true),
  });
  if (one !== undefined && number !== null) return <ImportBody one={one} />;
  return (
    <>
      <div>
        <Button loading={bring.isPending} onClick={() => bring.mutate()}>
          {t("start.sample_go")}
        </Button>
      </div>
      <ProblemNote error={bring.error} />
    </>
  );
}
