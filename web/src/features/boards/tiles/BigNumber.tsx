import { useTranslation } from "react-i18next";
import styles from "../boards.module.css";
import { useBoard } from "../context.ts";
import { type Figure, spelled } from "../figures.ts";
import type { Target } from "../queries.ts";
import { useFigureWords } from "../targets/use_figure_words.ts";

interface Props {
  figure: Figure | undefined;
  targets: Target[];
}

/** One number, large, with its interval on a scale and the line of its target. */
export function BigNumber({ figure, targets }: Props) {
  const { t } = useTranslation();
  const { formats } = useBoard();
  const { named, written } = useFigureWords();
  if (figure === undefined || figure.value === null)
    return <p className={styles.soft}>{t("boards.no_number")}</p>;
  const { low, high, n, value } = figure;
  const aimed = targets.filter((target) => spelled(target.figure) === spelled(figure.address));
  const isShare = typeof low === "number" && typeof high === "number";
  const interval = isShare ? formats.interval({ n: n ?? 0, count: 0, share: value, low, high }) : "";
  const full = isShare ? Math.min(1, Math.max(high, ...aimed.map((one) => one.threshold)) * 1.25) : 1;
  return (
    <div className={`${styles.number} num`}>
      <p>
        <b>{written(figure.unit, value)}</b>
        <span>
          {named(figure)}
          {interval !== "" && ` · ${interval}`}
          {n !== undefined && ` · n ${formats.count(n)}`}
        </span>
      </p>
      {isShare && (
        <span className={styles.track} aria-hidden>
          <i className={styles.fill} style={{ width: `${(value / full) * 100}%` }} />
          <i className={styles.range} style={{ left: `${(low / full) * 100}%`, width: `${((high - low) / full) * 100}%` }} />
          {aimed.map((target) => (
            <i key={target.id} className={styles.aim} data-state={target.state} style={{ left: `${(target.threshold / full) * 100}%` }} />
          ))}
        </span>
      )}
    </div>
  );
}
