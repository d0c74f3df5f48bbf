export { applied, appliedAll, inverseOf, touchedBy } from "./apply.ts";
export * from "./changes.ts";
export * from "./draft.ts";
export { ChangeImpossible, type ImpossibleCode } from "./errors.ts";
export { LANE_KINDS, type LaneForm, MAP_FIELDS, type Part, PART_FORMS, wholeCell } from "./forms.ts";
export * from "./history.ts";
export { lawful } from "./laws.ts";
export * from "./making.ts";
export { NO_EVENT } from "./merging.ts";
