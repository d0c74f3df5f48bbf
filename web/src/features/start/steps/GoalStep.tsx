import { Autocomplete, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import type { Stepping } from "./stepping.ts";

/** What the customer wants to reach, what the company does, and the event that says it happened. */
export function GoalStep({ keeping: { plan, change } }: Stepping) {
  const { t } = useTranslation();
  const { data: types } = useQuery({
    queryKey: ["event-types"],
    queryFn: async ({ signal }) =>
      (await told(api.GET("/v1/event-types", { params: { query: {} }, signal }))).event_types,
  });
  return (
    <>
      <Textarea
        label={t("start.goal_statement")}
        placeholder={t("start.goal_example")}
        autosize
        minRows={2}
        maxLength={2000}
        value={plan.goal ?? ""}
        onChange={(event) => change({ goal: event.currentTarget.value })}
      />
      <Textarea
        label={t("start.company_goal")}
        placeholder={t("start.company_example")}
        autosize
        minRows={2}
        maxLength={2000}
        value={plan.company_goal ?? ""}
        onChange={(event) => change({ company_goal: event.currentTarget.value })}
      />
      <Autocomplete
        label={t("start.outcome")}
        description={t((types?.length ?? 0) > 0 ? "start.outcome_known" : "start.outcome_text")}
        placeholder="order_completed"
        maxLength={200}
        data={types?.map((one) => one.name) ?? []}
        limit={12}
        value={plan.outcome ?? ""}
        onChange={(outcome) => change({ outcome: outcome.trim() === "" ? null : outcome })}
      />
    </>
  );
}
