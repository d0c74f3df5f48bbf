/** The steps after the first, in one part. */
export { ActStep } from "./ActStep.tsx";
export { DataStep } from "./DataStep.tsx";
export { DraftStep } from "./DraftStep.tsx";
export { GoalStep } from "./GoalStep.tsx";
export { StudyStep } from "./StudyStep.tsx";
