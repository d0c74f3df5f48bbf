import type { Column } from "@desireline/map-core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useMap } from "./map_context.ts";

/** The small line of a touchpoint: its channel, whose place it takes, or that it is optional. */
export function useTouchpointWords(): (column: Column) => string {
  const { column: known } = useMap();
  const { t } = useTranslation();
  return useCallback(
    ({ touchpoint }) => {
      const other = touchpoint.alternative_to ?? null;
      const place =
        other !== null
          ? t("touchpoint.instead", { name: known.get(other)?.name ?? other })
          : touchpoint.optional
            ? t("touchpoint.optional")
            : null;
      return [touchpoint.channel, place].filter(Boolean).join(" · ");
    },
    [known, t],
  );
}
