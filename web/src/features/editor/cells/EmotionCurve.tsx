import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import {
  afterKey,
  type CurvePoint,
  feelingAt,
  HEIGHT,
  heightOf,
  LEAST_COLUMN,
  lineThrough,
  runsOf,
} from "./curve.ts";
import styles from "./curve.module.css";

interface Props {
  points: CurvePoint[];
  /** The touchpoint that is looked at. */
  standing: string | null;
  /** Without it nothing can be moved. */
  onChange?: (key: string, value: number) => void;
}

/**
 * The declared curve over the measured one, from -2 to +2. A declared point is dragged, or moved by
 * the arrow keys; the measured line has its band, and breaks where too few answered.
 */
export function EmotionCurve({ points, standing, onChange }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const box = useRef<HTMLDivElement>(null);
  const { ref: outer, width: room } = useElementSize<HTMLElement>();
  const column = Math.max(LEAST_COLUMN, Math.floor(room / Math.max(1, points.length)));
  const middleOf = (place: number): number => (place + 0.5) * column;
  const at = points.findIndex((one) => one.key === standing);
  useEffect(() => {
    const element = box.current;
    if (element !== null && at >= 0)
      element.scrollLeft = (at + 0.5) * column - element.clientWidth / 2;
  }, [at, column]);
  const measured = runsOf(points, (one) => one.measured !== null);
  const declared = runsOf(points, (one) => one.declared !== null);
  const width = points.length * column;
  return (
    <figure ref={outer} className={styles.curve}>
      <div ref={box} className={styles.scroll}>
        <svg width={width} height={HEIGHT} role="group" aria-label={t("cells.curve")}>
          {[2, 1, 0, -1, -2].map((value) => (
            <path key={value} className={styles.line} data-zero={value === 0 || undefined} d={`M0 ${heightOf(value)}H${width}`} />
          ))}
          {at >= 0 && <rect className={styles.here} x={at * column} width={column} height={HEIGHT} />}
          {measured.map((run) => (
            <g key={run[0]!.at}>
              <path
                className={styles.band}
                d={`${lineThrough([
                  ...run.map(({ at: x, point }): [number, number] => [middleOf(x), heightOf(point.measured!.high)]),
                  ...run.toReversed().map(({ at: x, point }): [number, number] => [middleOf(x), heightOf(point.measured!.low)]),
                ])}Z`}
              />
              <path className={styles.measured} d={lineThrough(run.map(({ at: x, point }) => [middleOf(x), heightOf(point.measured!.mean)]))} />
              {run.map(({ at: x, point }) => (
                <circle
                  key={x}
                  className={styles.answers}
                  cx={middleOf(x)}
                  cy={heightOf(point.measured!.mean)}
                  r="3"
                  data-tip={t("cells.measured", {
                    name: point.name,
                    mean: formats.signed(point.measured!.mean),
                    low: formats.signed(point.measured!.low),
                    high: formats.signed(point.measured!.high),
                    n: formats.count(point.n),
                  })}
                />
              ))}
            </g>
          ))}
          {declared.map((run) => (
            <path
              key={run[0]!.at}
              className={styles.declared}
              d={lineThrough(run.map(({ at: x, point }) => [middleOf(x), heightOf(point.declared!)]))}
            />
          ))}
          {points.map((point, x) => (
            <Knob key={point.key} point={point} x={middleOf(x)} onChange={onChange} />
          ))}
        </svg>
      </div>
      <figcaption>
        <span data-line="declared">{t("cells.curve_declared")}</span>
        {measured.length > 0 ? (
          <span data-line="measured">{t("cells.curve_measured")}</span>
        ) : (
          <span>{t("cells.curve_unmeasured")}</span>
        )}
      </figcaption>
    </figure>
  );
}

/** A declared point: filled where something is said, a faint ring where not. */
function Knob({ point, x, onChange }: { point: CurvePoint; x: number; onChange: Props["onChange"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const value = point.declared;
  const label = value === null ? t("cells.unsaid") : formats.signed(value);
  const drag = (event: PointerEvent<SVGCircleElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { top } = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
    const next = feelingAt(event.clientY - top);
    if (next !== value) onChange?.(point.key, next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = afterKey(value, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onChange?.(point.key, next);
  };
  return (
    <circle
      className={styles.knob}
      data-said={value !== null || undefined}
      cx={x}
      cy={heightOf(value ?? 0)}
      r="6"
      role="slider"
      tabIndex={onChange === undefined ? -1 : 0}
      aria-label={point.name}
      aria-orientation="vertical"
      aria-valuemin={-2}
      aria-valuemax={2}
      aria-valuenow={value ?? 0}
      aria-valuetext={label}
      aria-readonly={onChange === undefined}
      data-tip={`${point.name}: ${label}`}
      onPointerDown={(event) => {
        if (onChange !== undefined) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onKeyDown={onKeyDown}
    />
  );
}
