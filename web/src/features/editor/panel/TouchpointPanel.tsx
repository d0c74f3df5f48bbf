import { useTranslation } from "react-i18next";
import { WHOLE_MAP } from "../discussion/queries.ts";
import { useDraft } from "../draft/use_draft.ts";
import { PanelTabs } from "./PanelTabs.tsx";
import { EventsTab } from "./touchpoint/EventsTab.tsx";
import { FactsTab } from "./touchpoint/FactsTab.tsx";
import { WeightTab } from "./touchpoint/WeightTab.tsx";
import { touchpointOf } from "./parts_of.ts";

/** A touchpoint: which events it is, what it is, how much it weighs, what is said about it. */
export function TouchpointPanel({ at }: { at: { key: string } }) {
  const { t } = useTranslation();
  const { map } = useDraft();
  const point = touchpointOf(map, at.key);
  if (point === null) return null;
  return (
    <PanelTabs
      place={{ ...WHOLE_MAP, touchpoint: point.key }}
      name={point.name}
      tabs={[
        { key: "events", label: t("fields.events"), children: <EventsTab point={point} /> },
        { key: "facts", label: t("fields.facts"), children: <FactsTab point={point} /> },
        { key: "weight", label: t("fields.weight"), children: <WeightTab point={point} /> },
      ]}
    />
  );
}
