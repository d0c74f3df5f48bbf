import { useTranslation } from "react-i18next";
import { useDraft } from "../draft/use_draft.ts";
import { SaidOfGone } from "../discussion/Elsewhere.tsx";
import { WHOLE_MAP } from "../discussion/queries.ts";
import { DepartmentsTab } from "./map/DepartmentsTab.tsx";
import { MapTab } from "./map/MapTab.tsx";
import { PersonasTab } from "./map/PersonasTab.tsx";
import { PanelTabs } from "./PanelTabs.tsx";

/** The map itself: what it is for, whom it speaks of, and who answers for what. */
export function MapPanel() {
  const { t } = useTranslation();
  const { map } = useDraft();
  return (
    <PanelTabs
      place={WHOLE_MAP}
      name={map.name}
      beside={<SaidOfGone map={map} />}
      tabs={[
        { key: "facts", label: t("fields.map"), children: <MapTab /> },
        { key: "personas", label: t("fields.personas"), children: <PersonasTab /> },
        { key: "departments", label: t("fields.departments"), children: <DepartmentsTab /> },
      ]}
    />
  );
}
