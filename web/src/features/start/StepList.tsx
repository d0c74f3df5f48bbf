import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PlanDocument } from "./keeping.ts";
import styles from "./start.module.css";
import { type Step, STEPS } from "./where.ts";

/** What of a plan says that a step was done. */
const DONE: Record<Step, (plan: PlanDocument) => boolean> = {
  customer: (plan) => plan.customer !== "",
  goal: (plan) => plan.goal !== "",
  data: (plan) => plan.way !== "",
  draft: (plan) => (plan.map ?? null) !== null,
  study: (plan) => plan.step === "act" || plan.step === "done",
  act: (plan) => plan.step === "done",
};

interface Props {
  step: Step;
  plan: PlanDocument;
  go: (to: Step) => void;
}

/** All steps, which of them are done, and which one is open. Any can be opened at any time. */
export function StepList({ step, plan, go }: Props) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("start.steps")} className={styles.steps}>
      <ol>
        {STEPS.map((one, at) => {
          const isDone = DONE[one](plan);
          return (
            <li key={one}>
              <button type="button" aria-current={one === step ? "step" : undefined} onClick={() => go(one)}>
                <i data-done={isDone || undefined} className="num" aria-hidden>
                  {isDone ? <IconCheck size={14} stroke={2.4} /> : at + 1}
                </i>
                <span>
                  {t(`start.${one}`)}
                  {isDone && <span className={styles.hidden}>{t("start.is_done")}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
