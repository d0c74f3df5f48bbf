import styles from "./portfolio.module.css";

const WIDTH = 120;
const HEIGHT = 40;
const TINTS = 5;

interface Props {
  /** How many touchpoints each stage has. */
  shape: number[];
  /** Of each touchpoint; null without figures. */
  reach: (number | null)[] | null;
}

/** A map as small as a word: its stages, and how many come to each touchpoint. */
export function Glance({ shape, reach }: Props) {
  const step = WIDTH / Math.max(1, placesOf(shape));
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} className={styles.glance} aria-hidden>
      {shape.map((n, stage) => {
        const left = placesOf(shape.slice(0, stage)) * step;
        const first = shape.slice(0, stage).reduce((sum, one) => sum + one, 0);
        return (
          <g key={stage}>
            <rect
              x={left}
              width={Math.max(1, Math.max(1, n) * step - 1)}
              height={HEIGHT}
              rx={2}
              fill={`var(--dl-stage-${(stage % TINTS) + 1})`}
            />
            {Array.from({ length: n }, (_, place) => (
              <Point
                key={place}
                x={left + (place + 0.5) * step}
                width={Math.min(7, step * 0.6)}
                share={reach?.[first + place] ?? null}
                tint={(stage % TINTS) + 1}
              />
            ))}
          </g>
        );
      })}
    </svg>
  );
}

/** Places on the line: a stage without touchpoints takes one too. */
const placesOf = (shape: number[]): number => shape.reduce((sum, n) => sum + Math.max(1, n), 0);

interface PointProps {
  x: number;
  width: number;
  share: number | null;
  tint: number;
}

/** A touchpoint: a bar as high as its reach, or a dot where that is not known. */
function Point({ x, width, share, tint }: PointProps) {
  if (share === null)
    return <circle cx={x} cy={HEIGHT - 6} r={Math.min(2, width / 2)} fill="var(--dl-paved)" />;
  const height = Math.max(1, share * (HEIGHT - 8));
  return (
    <rect
      x={x - width / 2}
      y={HEIGHT - 3 - height}
      width={width}
      height={height}
      rx={1}
      fill={`var(--dl-stage-mark-${tint})`}
    />
  );
}
