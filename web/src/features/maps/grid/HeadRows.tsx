import { bandsOf } from "@desireline/map-core";
import { VisuallyHidden } from "@mantine/core";
import { IconDiamond, IconSignRight } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { EvidenceMark } from "../marks/EvidenceMark.tsx";
import { useLook, useMap } from "../state/map_context.ts";
import { useTouchpointWords } from "../state/touchpoint_words.ts";
import styles from "./grid.module.css";
import { COLUMN, useGrid } from "./grid_context.ts";
import { GridCell } from "./GridCell.tsx";
import { shownIn } from "./shown_in.ts";

const template = (count: number): string => `${COLUMN}px repeat(${count}, ${COLUMN}px)`;

/** Stages as bands; a band's name stays in sight as long as a part of the band does. */
export function StageRow() {
  const { file, formats } = useMap();
  const { shown } = useGrid();
  const { t } = useTranslation();
  const bands = useMemo(() => bandsOf(shown), [shown]);
  const figures = new Map(file.figures.stages.map((s) => [s.key, s]));
  return (
    <div
      role="row"
      className={styles.stages}
      style={{ gridTemplateColumns: template(shown.length) }}
    >
      <div role="columnheader" className={styles.corner}>
        <VisuallyHidden>{t("grid.lanes")}</VisuallyHidden>
      </div>
      {bands.map((band) => {
        const stage = figures.get(band.key);
        return (
          <div
            key={`${band.key}${band.first}`}
            role="columnheader"
            aria-colindex={band.first + 2}
            aria-colspan={band.count}
            className={styles.stage}
            style={{
              gridColumn: `${band.first + 2} / span ${band.count}`,
              background: `var(--dl-stage-${band.tint})`,
            }}
          >
            <span className={styles.stageName}>
              <b>{band.name}</b>
              {stage?.reach.share !== undefined && stage.reach.share !== null && (
                <span className="num"> {formats.share(stage.reach.share)}</span>
              )}
            </span>
          </div>
        );
      })}
    </div>
  );
}

/** Names of the touchpoints; they stay while one scrolls down. */
export function TouchpointRow() {
  const { file, columns } = useMap();
  const { view } = useLook();
  const { range, shown } = useGrid();
  const { t } = useTranslation();
  const small = useTouchpointWords();
  return (
    <div
      role="row"
      className={styles.heads}
      style={{ gridTemplateColumns: template(shown.length) }}
    >
      <div role="columnheader" className={styles.corner}>
        {t("grid.size", {
          stages: file.map.stages.length,
          touchpoints: columns.length,
          count: columns.length,
        })}
      </div>
      {shownIn(shown, range).map(({ column, at }) => (
        <GridCell
          key={column.key}
          row="touchpoint"
          at={at}
          column={column}
          door="top"
          header
          className={column.key === view.open ? styles.headOpen : styles.head}
          style={{ background: `var(--dl-stage-${column.tint})` }}
        >
          <span className={styles.headName}>{column.name}</span>
          <span className={styles.headMeta}>
            {column.figures?.evidence === "stale" && <EvidenceMark evidence="stale" />}
            {column.touchpoint.milestone && (
              <span className={styles.moment} data-tip={t("touchpoint.milestone_means")}>
                <IconSignRight size={13} aria-label={t("touchpoint.milestone")} />
              </span>
            )}
            {column.touchpoint.moment_of_truth && (
              <span className={styles.moment} data-tip={t("touchpoint.moment_means")}>
                <IconDiamond size={12} aria-label={t("touchpoint.moment")} />
              </span>
            )}
            <span className={styles.metaWords}>{small(column)}</span>
          </span>
        </GridCell>
      ))}
    </div>
  );
}
