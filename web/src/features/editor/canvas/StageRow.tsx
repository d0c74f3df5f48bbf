import { ActionIcon } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { bandsOf } from "@desireline/map-core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { COLUMN, useGrid } from "../../maps/grid/grid_context.ts";
import { useMap } from "../../maps/state/map_context.ts";
import { OpenCount } from "../discussion/OpenCount.tsx";
import styles from "./canvas.module.css";
import { besideOf, useCanvas } from "./canvas_ui.ts";
import { newStage } from "./making.ts";
import { PartCell } from "./PartCell.tsx";
import { template } from "./template.ts";

/** Stages as bands; a band's name stays in sight as long as a part of the band does. */
export function StageRow() {
  const { t } = useTranslation();
  const { shown } = useGrid();
  const { file, formats } = useMap();
  const { ui, may } = useCanvas();
  const bands = useMemo(() => bandsOf(shown), [shown]);
  const reach = new Map(file.figures.stages.map((s) => [s.key, s.reach.share]));
  return (
    <div role="row" className={styles.stages} style={{ gridTemplateColumns: template(shown.length) }}>
      <div role="columnheader" className={styles.corner} aria-colindex={1}>
        {t("canvas.stages")}
      </div>
      {bands.map((band) => (
        <PartCell
          key={band.key}
          moved={{ part: "stage", key: band.key }}
          name={band.name}
          role="columnheader"
          column={band.first + 2}
          span={band.count}
          className={styles.stage}
          style={{
            gridColumn: `${band.first + 2} / span ${band.count}`,
            background: `var(--dl-stage-${band.tint})`,
          }}
        >
          <span className={styles.stageName} style={{ left: COLUMN }}>
            <b>{band.name}</b>
            {(reach.get(band.key) ?? null) !== null && (
              <span className="num">{formats.share(reach.get(band.key)!)}</span>
            )}
            <OpenCount map={file.map.key} stage={band.key} />
          </span>
        </PartCell>
      ))}
      <div role="gridcell" aria-colindex={shown.length + 2} className={styles.end}>
        {may && (
          <ActionIcon
            variant="subtle"
            size={24}
            color="var(--dl-ink-soft)"
            aria-label={t("canvas.add_stage")}
            data-tip={t("canvas.add_stage_key")}
            onClick={(event) =>
              ui.set({
                asking: {
                  anchor: besideOf(event.currentTarget),
                  label: "canvas.stage_name",
                  make: (map, name) => {
                    const [change, key] = newStage(map, name, map.stages.length);
                    return [change, `stage:${key}`];
                  },
                },
              })
            }
          >
            <IconPlus size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}
