/** The steps to a first map, in their order. */
export const STEPS = ["customer", "goal", "data", "draft", "study", "act"] as const;
export type Step = (typeof STEPS)[number];

export interface Where {
  plan?: number;
  step?: Step;
}

export const isStep = (text: unknown): text is Step => STEPS.some((step) => step === text);

/** Which plan is shown, and which step of it, as the address says. */
export function readWhere(search: Record<string, unknown>): Where {
  const plan = Number(search.plan);
  return {
    ...(Number.isInteger(plan) && plan > 0 ? { plan } : {}),
    ...(isStep(search.step) ? { step: search.step } : {}),
  };
}

/** The step after one; none after the last. */
export const after = (step: Step): Step | undefined => STEPS[STEPS.indexOf(step) + 1];

/** The step before one; none before the first. */
export const before = (step: Step): Step | undefined => STEPS[STEPS.indexOf(step) - 1];
