import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Plan, plansQuery } from "./keeping.ts";
import styles from "./start.module.css";
import { Asked } from "./steps/Inquiries.tsx";
import { TaskList } from "./steps/act/Tasks.tsx";
import { tasksQuery } from "./tasks.ts";

/** The plan of a map: for whom it is, what for, by whom, and what is done. Nothing without one. */
export function PlanButton({ map }: { map: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({ ...plansQuery(map), staleTime: 60_000 });
  const plan = data?.[0];
  if (plan === undefined) return null;
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        {t("start.plan")}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={t("start.plan_title")} centered size="lg">
        <PlanShown plan={plan} map={map} />
      </Modal>
    </>
  );
}

function PlanShown({ plan, map }: { plan: Plan; map: string }) {
  const { t } = useTranslation();
  const { data: tasks } = useQuery(tasksQuery(map));
  const team = (plan.team ?? []).map((one) => (one.part ? `${one.name} (${one.part})` : one.name));
  const said: [string, string][] = [
    ["who", plan.customer ?? ""],
    ["needs", plan.needs ?? ""],
    ["goal_statement", plan.goal ?? ""],
    ["company_goal", plan.company_goal ?? ""],
    ["outcome", plan.outcome ?? ""],
    ["team", team.join("\n")],
    ["change", plan.change ?? ""],
  ];
  return (
    <div className={styles.plan}>
      <dl>
        {said
          .filter(([, words]) => words !== "")
          .map(([name, words]) => (
            <div key={name} style={{ display: "contents" }}>
              <dt>{t(`start.${name}`)}</dt>
              <dd>{words}</dd>
            </div>
          ))}
      </dl>
      {(plan.study?.length ?? 0) > 0 && (
        <section className={styles.group}>
          <h3>{t("start.inquiries")}</h3>
          {plan.study?.map((one) => (
            <div key={one.question}>
              <Asked one={one} />
              <p>{one.found || t("start.no_answer")}</p>
            </div>
          ))}
        </section>
      )}
      {(tasks?.length ?? 0) > 0 && (
        <section className={styles.group}>
          <h3>{t("start.tasks")}</h3>
          <TaskList map={map} />
        </section>
      )}
      <Link to="/start" search={{ plan: plan.id }}>
        {t("start.go_on")}
      </Link>
    </div>
  );
}
