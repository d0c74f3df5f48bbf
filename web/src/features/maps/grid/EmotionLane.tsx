import { declaredEmotions, type EmotionPoint, emotionPoints } from "@desireline/map-core";
import { lazy, memo, Suspense, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Colour } from "../charts/Chart.tsx";
import { useMap } from "../state/map_context.ts";
import styles from "./emotion.module.css";
import { emotionOption } from "./emotion_option.ts";
import { COLUMN, useGrid } from "./grid_context.ts";
import { GridCell } from "./GridCell.tsx";
import { LaneRow } from "./LaneRow.tsx";
import { shownIn } from "./shown_in.ts";

// The charts are half of the script of this page, and many maps have no scores to draw.
const Chart = lazy(async () => ({ default: (await import("../charts/Chart.tsx")).Chart }));

const HEIGHT = 148;

/** The ends of the scale, at the heights of their lines, and which curve is which. */
function Scale({ declared, answered }: { declared: boolean; answered: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {declared && (
        <span className={styles.key}>
          {answered && <span data-curve="measured">{t("emotion.measured")}</span>}
          <span data-curve="declared">{t("emotion.declared")}</span>
        </span>
      )}
      <span className={`${styles.scale} num`} aria-hidden>
        <i>+2</i>
        <i>0</i>
        <i>−2</i>
      </span>
    </>
  );
}

/** How people felt at each touchpoint, from -2 to +2. */
export const EmotionLane = memo(function EmotionLane() {
  const { file, formats } = useMap();
  const { range, shown } = useGrid();
  const { t } = useTranslation();
  const declared = useMemo(() => declaredEmotions(file.map.lanes, shown), [file.map.lanes, shown]);
  const points = useMemo(() => emotionPoints(shown, declared), [shown, declared]);
  const option = useCallback(
    (colour: Colour) => emotionOption(points, declared, formats, colour),
    [points, declared, formats],
  );
  const none = points.length === 0;
  const answered = points.some((point) => point.n > 0);
  return (
    <LaneRow
      name={t("lane.emotion")}
      tip={t("lane.emotion_means")}
      note={none ? undefined : <Scale declared={declared.length > 0} answered={answered} />}
      height={none ? 72 : HEIGHT}
    >
      <div role="presentation" className={styles.ground} style={{ width: shown.length * COLUMN }}>
        {none ? (
          <div className={styles.none}>
            <svg viewBox="0 0 168 40" width="168" height="40" aria-hidden>
              <path d="M8 26L46 18L84 32L122 12L160 8" />
              {[
                [8, 26],
                [46, 18],
                [84, 32],
                [122, 12],
                [160, 8],
              ].map(([x, y]) => (
                <circle key={x} cx={x} cy={y} r="4" />
              ))}
            </svg>
            <p>{t("emotion.none")}</p>
          </div>
        ) : (
          <Suspense>
            <Chart width={shown.length * COLUMN} height={HEIGHT} option={option} />
          </Suspense>
        )}
      </div>
      {shownIn(shown, range).map(({ column, at }) => {
        const point = points[at];
        const few = point !== undefined && point.mean === null;
        const said = declared[at] ?? null;
        const label = [
          wordsOf(point),
          said === null ? null : t("emotion.declared_cell", { value: formats.signed(said) }),
        ]
          .filter((words) => words !== null)
          .join("; ");
        return (
          <GridCell
            key={column.key}
            row="emotion"
            at={at}
            column={column}
            door="top"
            label={label}
            className={styles.cell}
          >
            {few && answered && (
              <span className={declared.length > 0 ? styles.n : styles.few}>{wordsOf(point)}</span>
            )}
            {point !== undefined && point.mean !== null && (
              <span className={styles.n}>
                {t("emotion.n", { n: formats.count(point.n), count: point.n })}
              </span>
            )}
          </GridCell>
        );
      })}
    </LaneRow>
  );

  function wordsOf(point: EmotionPoint | undefined): string {
    const n = point?.n ?? 0;
    if (point === undefined || n === 0) return t("emotion.no_answers");
    if (point.mean === null) return t("emotion.few", { n: formats.count(n), count: n });
    return t("emotion.cell", { mean: formats.signed(point.mean), n: formats.count(n), count: n });
  }
});
