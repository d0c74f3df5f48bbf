import type { MapFile } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./journeys.module.css";

type Variant = MapFile["figures"]["variants"]["top"][number];

interface Props {
  variant: Variant;
  at: number;
  most: number;
  sofar: number; // share of all journeys that this and the more frequent ways cover
}

/** One way of walking: how many took it, how it ended, and its touchpoints in order. */
export function VariantRow({ variant, at, most, sofar }: Props) {
  const { column, formats, open, change, setLit } = useMap();
  const { t } = useTranslation();
  const outcome = variant.count === 0 ? 0 : variant.with_outcome / variant.count;
  const light = (): void => {
    setLit({ kind: "path", keys: variant.keys });
    change({ view: "map", path: at });
  };
  return (
    <li className={styles.variant}>
      <button
        type="button"
        className={`${styles.count} num`}
        data-tip={t("journeys.light")}
        onClick={light}
      >
        <b>{formats.count(variant.count)}</b> <span>{formats.share(variant.share)}</span>
        <small>{t("step.outcome", { share: formats.share(outcome) })}</small>
        <i aria-hidden>
          <span
            className={styles.with}
            style={{ width: `${(variant.count / most) * outcome * 100}%` }}
          />
          <span
            className={styles.without}
            style={{ width: `${(variant.count / most) * (1 - outcome) * 100}%` }}
          />
        </i>
      </button>
      <ol className={styles.strip}>
        {runs(variant.keys).map(([key, times], step) => (
          <li key={step}>
            <button
              type="button"
              data-tip={column.get(key)?.name ?? key}
              data-cell={`variant:${at}:${step}`}
              style={{ background: `var(--dl-stage-${column.get(key)?.tint ?? 1})` }}
              onClick={() => open(key)}
            >
              {column.get(key)?.name ?? key}
              {times > 1 && (
                <b className="num">{t("journeys.times", { n: formats.count(times) })}</b>
              )}
            </button>
          </li>
        ))}
      </ol>
      <span className={`${styles.sofar} num`} data-tip={t("journeys.so_far_means")}>
        {t("journeys.so_far", { share: formats.share(sofar) })}
      </span>
    </li>
  );
}

/** The same touchpoint several times in a row is told once, with how often. */
function runs(keys: string[]): [string, number][] {
  const found: [string, number][] = [];
  for (const key of keys) {
    const last = found.at(-1);
    if (last?.[0] === key) last[1] += 1;
    else found.push([key, 1]);
  }
  return found;
}
