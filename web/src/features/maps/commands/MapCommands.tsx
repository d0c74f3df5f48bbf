import { VIEWS } from "@desireline/map-core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type KeyRow, type Offer, useOffer } from "../../../app/palette/store.ts";
import { useMap } from "../state/map_context.ts";

const KEYS: KeyRow[] = [
  [["←", "→"], "map_keys.touchpoints"],
  [["↑", "↓"], "map_keys.lanes"],
  [["Enter"], "map_keys.open"],
  [["Home", "End"], "map_keys.ends"],
  [["/"], "map_keys.filter"],
];

/** What the palette offers while a map is on the screen: its views and its touchpoints. */
export function MapCommands() {
  const { columns, change, open } = useMap();
  const { t } = useTranslation();
  const offer = useMemo<Offer>(
    () => ({
      groups: [
        {
          group: t("commands.views"),
          actions: VIEWS.map((name) => ({
            id: `view-${name}`,
            label: t(`commands.view_${name}`),
            onClick: () => change({ view: name }),
          })),
        },
        {
          group: t("commands.touchpoints"),
          actions: columns.map((c) => ({
            id: `touchpoint-${c.key}`,
            label: c.name,
            description: c.stageName,
            onClick: () => open(c.key),
          })),
        },
      ],
      keys: KEYS,
    }),
    [columns, change, open, t],
  );
  useOffer(offer);
  return null;
}
