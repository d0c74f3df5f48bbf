import { LANE_KINDS } from "@desireline/map-core";
import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import { WHOLE_MAP } from "../discussion/queries.ts";
import { useDraft } from "../draft/use_draft.ts";
import { Curve } from "./Curve.tsx";
import { METRICS } from "./metrics.ts";
import styles from "./panel.module.css";
import { PanelTabs } from "./PanelTabs.tsx";
import { touchpointsOf } from "./parts_of.ts";
import { useSet } from "./use_set.ts";

/** A lane: its name, what kind of things stand in it, and how far it is filled. */
export function LanePanel({ at }: { at: { key: string } }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { map } = useDraft();
  const { put, may } = useSet("lane", at.key);
  const lane = map.lanes.find((one) => one.key === at.key);
  if (lane === undefined) return null;
  const all = touchpointsOf(map).length;
  const filled = Object.keys(lane.cells).length;
  const computed = lane.kind === "metric" && (METRICS as readonly string[]).includes(lane.key);
  return (
    <PanelTabs
      place={{ ...WHOLE_MAP, lane: lane.key }}
      name={lane.name}
      tabs={[
        {
          key: "facts",
          label: t("fields.facts"),
          children: (
            <fieldset className={styles.stack} disabled={!may}>
              <TextInput
                size="xs"
                label={t("fields.name")}
                value={lane.name}
                onChange={(event) => put("name", event.currentTarget.value, `lane/${at.key}/name`)}
              />
              <Select
                size="xs"
                label={t("fields.lane_kind")}
                description={t("fields.lane_kind_means")}
                allowDeselect={false}
                data={Object.keys(LANE_KINDS).map((kind) => ({ value: kind, label: t(`cells.kind_${kind}`) }))}
                value={lane.kind}
                onChange={(kind) => put("kind", kind)}
              />
              <p className={`${styles.hint} num`}>
                {computed
                  ? t("fields.lane_computed")
                  : t("fields.lane_filled", { n: formats.count(filled), all: formats.count(all), count: filled })}
              </p>
              {LANE_KINDS[lane.kind]?.lowest === -2 && <Curve lane={lane} standing={null} />}
            </fieldset>
          ),
        },
      ]}
    />
  );
}
