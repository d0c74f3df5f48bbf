import { COLUMN } from "../../maps/grid/grid_context.ts";

/** Room after the last column, where more is added. */
export const END = 56;

/** The columns of a row: its name, the touchpoints, the place where more is added. */
export const template = (count: number): string =>
  `${COLUMN}px repeat(${count}, ${COLUMN}px) ${END}px`;
