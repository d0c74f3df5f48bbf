import type { JourneyMap } from "@desireline/map-core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Selected } from "./selection.ts";

const nameIn = (parts: { key: string; name: string }[], key: string): string =>
  parts.find((part) => part.key === key)?.name ?? key;

/** The name of a touchpoint; its key where it has gone. */
export const touchpointName = (map: JourneyMap, key: string): string =>
  nameIn(map.stages.flatMap((stage) => stage.touchpoints), key);

/** What is chosen, by its name: "Cart", or "Think, at Cart". */
export function useNames(): (map: JourneyMap, selected: Selected) => string {
  const { t } = useTranslation();
  return useCallback(
    (map, selected) => {
      switch (selected.kind) {
        case "map":
          return map.name;
        case "stage":
          return nameIn(map.stages, selected.key);
        case "touchpoint":
          return touchpointName(map, selected.key);
        case "lane":
          return nameIn(map.lanes, selected.key);
        case "cell":
          return t("editor.cell", {
            lane: nameIn(map.lanes, selected.lane),
            touchpoint: touchpointName(map, selected.touchpoint),
          });
      }
    },
    [t],
  );
}
