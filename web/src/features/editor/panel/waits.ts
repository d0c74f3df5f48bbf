export const UNITS = { minute: 60, hour: 3_600, day: 86_400, week: 604_800 } as const;
export type Unit = keyof typeof UNITS;

/** Seconds in the largest unit that holds them whole; in minutes where none does. */
export function waitOf(seconds: number): { n: number; unit: Unit } {
  const units = (Object.keys(UNITS) as Unit[]).toReversed();
  const unit = units.find((one) => seconds > 0 && seconds % UNITS[one] === 0) ?? "minute";
  return { n: seconds / UNITS[unit], unit };
}
