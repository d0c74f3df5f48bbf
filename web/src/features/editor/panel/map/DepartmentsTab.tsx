import { goalConflicts } from "@desireline/map-core";
import { Switch, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../../app/formats.ts";
import { touchpointName } from "../../draft/names.ts";
import { useDraft, useEditor } from "../../draft/use_draft.ts";
import { light, useLens } from "../lens.ts";
import styles from "../panel.module.css";
import { Part } from "../Part.tsx";
import { sharesOf, touchpointsOf } from "../parts_of.ts";
import { Conflicts } from "../touchpoint/Goals.tsx";

/** Who answers for what, lit on the canvas, and where two departments pull against each other. */
export function DepartmentsTab() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { map } = useDraft();
  const { select } = useEditor().selection;
  const lens = useLens();
  const shares = sharesOf(map);
  const conflicts = goalConflicts(map);
  const orphans = touchpointsOf(map).filter((point) => (point.owner ?? "") === "");
  return (
    <div className={styles.stack}>
      <Part name={t("fields.lens")}>
        <p className={styles.hint}>{t(shares.length === 0 ? "fields.lens_none" : "fields.lens_means")}</p>
        <ul className={styles.list}>
          {shares.map(({ department, owns, wants }) => (
            <li key={department}>
              <Switch
                size="xs"
                label={department}
                checked={lens === department}
                onChange={() => light(department)}
              />
              <span className="num">
                {t("fields.owns", { n: formats.count(owns.length), count: owns.length })}
                {wants.length > 0 && ` · ${t("fields.wants", { n: formats.count(wants.length), count: wants.length })}`}
              </span>
            </li>
          ))}
        </ul>
      </Part>
      {orphans.length > 0 && shares.length > 0 && (
        <Part name={t("fields.orphans")} note={formats.count(orphans.length)}>
          <ul className={styles.list}>
            {orphans.map((point) => (
              <li key={point.key}>
                <UnstyledButton onClick={() => select({ kind: "touchpoint", key: point.key })}>
                  {point.name}
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part name={t("fields.conflicts")}>
        {conflicts.length === 0 && <p className={styles.hint}>{t("fields.conflicts_none")}</p>}
        {[...new Set(conflicts.map((one) => one.touchpoint))].map((key) => (
          <div key={key} className={styles.at}>
            <UnstyledButton onClick={() => select({ kind: "touchpoint", key })}>
              {touchpointName(map, key)}
            </UnstyledButton>
            <Conflicts conflicts={conflicts.filter((one) => one.touchpoint === key)} />
          </div>
        ))}
      </Part>
    </div>
  );
}
