import type { FlowEdge } from "@desireline/map-core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useMap } from "./map_context.ts";

/** A walked step in words: from, to, how many, how long, how it ended. */
export function useStepWords(): (edge: FlowEdge) => string {
  const { column, formats } = useMap();
  const { t } = useTranslation();
  return useCallback(
    (edge) => {
      const from =
        edge.from === null ? t("step.start") : (column.get(edge.from)?.name ?? edge.from);
      const to = edge.to === null ? t("step.end") : (column.get(edge.to)?.name ?? edge.to);
      const n = formats.count(edge.journeys);
      const lines = [
        `${from} → ${to}`,
        edge.from === null
          ? t("step.count", { n, count: edge.journeys })
          : t("step.count_share", { n, count: edge.journeys, share: formats.share(edge.share) }),
      ];
      if (edge.wait.p50 !== null && edge.from !== null && edge.to !== null) {
        lines.push(
          t("step.wait", {
            p50: formats.duration(edge.wait.p50),
            p90: formats.duration(edge.wait.p90),
          }),
        );
      }
      const share = edge.journeys === 0 ? null : edge.with_outcome / edge.journeys;
      lines.push(t("step.outcome", { share: formats.share(share) }));
      return lines.join("\n");
    },
    [column, formats, t],
  );
}
