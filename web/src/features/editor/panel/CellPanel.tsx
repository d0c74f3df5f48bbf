import { type Cell, freshKey, LANE_KINDS } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { CellEditor } from "../cells/CellEditor.tsx";
import { WHOLE_MAP } from "../discussion/queries.ts";
import { touchpointName } from "../draft/names.ts";
import { useActions, useDraft, useEditor } from "../draft/use_draft.ts";
import { Curve } from "./Curve.tsx";
import styles from "./panel.module.css";
import { PanelTabs } from "./PanelTabs.tsx";

/** One square of a lane. */
export function CellPanel({ at }: { at: { lane: string; touchpoint: string } }) {
  const { t } = useTranslation();
  const { map } = useDraft();
  const { edit, now } = useActions();
  const { may } = useEditor();
  const lane = map.lanes.find((one) => one.key === at.lane);
  if (lane === undefined) return null;
  const put = (cell: Cell | null): void => {
    // What is typed into one cell is undone as one step; emptying it is a step of its own.
    const group = cell === null ? null : `cell/${at.lane}/${at.touchpoint}`;
    edit({ type: "set_cell", lane: at.lane, touchpoint: at.touchpoint, cell }, group);
  };
  const makeActor = (name: string): string => {
    const key = freshKey(name, now().actors.map((actor) => actor.key));
    const kind = lane.kind === "system" ? "system" : lane.kind === "third_party" ? "partner" : "department";
    edit({ type: "add", part: "actor", value: { key, name, kind } });
    return key;
  };
  const feels = LANE_KINDS[lane.kind]?.lowest === -2;
  return (
    <PanelTabs
      place={{ ...WHOLE_MAP, lane: at.lane, touchpoint: at.touchpoint }}
      name={touchpointName(map, at.touchpoint)}
      tabs={[
        {
          key: "facts",
          label: t("fields.content"),
          children: (
            <div className={styles.stack}>
              {feels && <Curve lane={lane} standing={at.touchpoint} />}
              <CellEditor
                lane={lane}
                cell={lane.cells[at.touchpoint] ?? null}
                actors={map.actors}
                makeActor={makeActor}
                onChange={put}
                readOnly={!may}
              />
            </div>
          ),
        },
      ]}
    />
  );
}
