import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { speaking } from "../../app/spoken/rooms.ts";
import { Page } from "../../ui/Page.tsx";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { type Plan, plansQuery, usePlan } from "./keeping.ts";
import styles from "./start.module.css";
import { StepList } from "./StepList.tsx";
import { CustomerStep } from "./steps/CustomerStep.tsx";
import type { Stepping } from "./steps/stepping.ts";
import { after, before, isStep, type Step } from "./where.ts";

// Whoever begins says whom the map is about; what the later steps need comes meanwhile.
const loadSteps = speaking(["data", "settings", "sources", "start"], () => import("./steps/later.ts"));
const GoalStep = lazy(async () => ({ default: (await loadSteps()).GoalStep }));
const DataStep = lazy(async () => ({ default: (await loadSteps()).DataStep }));
const DraftStep = lazy(async () => ({ default: (await loadSteps()).DraftStep }));
const StudyStep = lazy(async () => ({ default: (await loadSteps()).StudyStep }));
const ActStep = lazy(async () => ({ default: (await loadSteps()).ActStep }));
const route = getRouteApi("/shell/start");

/** The way to a first map: one step after the other, each of which can be left and taken up again. */
export function StartPage() {
  const { t } = useTranslation();
  const { plan: number } = route.useSearch();
  const { data: plans, error } = useQuery({ ...plansQuery(), staleTime: 0, gcTime: 0 });
  const [found, setFound] = useState<Plan | null>();
  // Once somebody edits, what the list says later changes nothing under her hands.
  if (found === undefined && plans !== undefined)
    setFound(plans.find((plan) => (number === undefined ? plan.step !== "done" : plan.id === number)) ?? null);
  if (found === undefined)
    return (
      <Page title={t("start.title")} lead={t("start.lead")}>
        <ProblemNote error={error} />
        {error === null && <Rows n={4} />}
      </Page>
    );
  return <Guided first={found} />;
}

const PARTS: Record<Step, ComponentType<Stepping>> = {
  customer: CustomerStep,
  goal: GoalStep,
  data: DataStep,
  draft: DraftStep,
  study: StudyStep,
  act: ActStep,
};

function Guided({ first }: { first: Plan | null }) {
  const { t } = useTranslation();
  const { step: asked } = route.useSearch();
  const navigate = route.useNavigate();
  const keeping = usePlan(first);
  const { plan, number, change } = keeping;
  const step = asked ?? (isStep(plan.step) ? plan.step : "customer");
  const panel = useRef<HTMLElement>(null);
  const go = (to: Step): void => {
    if (plan.step !== "done") change({ step: to }, true);
    void navigate({ search: (old) => ({ ...old, step: to }) });
  };
  useEffect(() => {
    if (number !== null) void navigate({ search: (old) => ({ ...old, plan: number }), replace: true });
  }, [number, navigate]);
  const seen = useRef(step);
  useEffect(() => {
    if (seen.current !== step) panel.current?.focus();
    seen.current = step;
  }, [step]);
  useEffect(() => void loadSteps(), []);
  const Part = PARTS[step];
  const [last, next] = [before(step), after(step)];
  return (
    <Page title={t("start.title")} lead={t("start.lead")}>
      <div className={styles.guided}>
        <StepList step={step} plan={plan} go={go} />
        <section ref={panel} tabIndex={-1} className={styles.panel} aria-labelledby="start-step">
          <h2 id="start-step">{t(`start.${step}_title`)}</h2>
          <p className={styles.lead}>{t(`start.${step}_text`)}</p>
          <Suspense fallback={<Rows n={2} />}>
            <Part keeping={keeping} go={go} />
          </Suspense>
          <ProblemNote error={keeping.error} />
          <footer className={styles.foot}>
            {last !== undefined && (
              <Button variant="default" onClick={() => go(last)}>
                {t("start.back")}
              </Button>
            )}
            {next !== undefined && <Button onClick={() => go(next)}>{t("start.next")}</Button>}
            <span role="status">{t(`start.state_${keeping.state}`)}</span>
          </footer>
        </section>
      </div>
    </Page>
  );
}
