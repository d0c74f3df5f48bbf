import { FEWEST_ANSWERS, type TouchpointFigures } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useMap } from "./map_context.ts";

/** How people felt at a touchpoint, with interval and n in words; null where too few say so. */
export function useFelt({ emotion }: TouchpointFigures): { mean: number; small: string } | null {
  const { formats } = useMap();
  const { t } = useTranslation();
  if (emotion === null || emotion.mean === null || emotion.n < FEWEST_ANSWERS) return null;
  const { mean, low, high, n } = emotion;
  const answers = t("emotion.n", { n: formats.count(n), count: n });
  const range = low === null || high === null ? "" : `${formats.signed(low)} – ${formats.signed(high)}, `;
  return { mean, small: `${range}${answers}` };
}
