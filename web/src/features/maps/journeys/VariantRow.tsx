import type { MapFile } from "@desireline/map-core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./journeys.module.css";

type Variant = MapFile["figures"]["variants"]["top"][number];

/** One way of walking: how many took it, how it ended, and its touchpoints in order. */
export function VariantRow({ variant, at, most }: { variant: Variant; at: number; most: number }) {
  const { column, formats, open, change, setLit } = useMap();
  const { t } = useTranslation();
  const outcome = variant.count === 0 ? 0 : variant.with_outcome / variant.count;
  const light = (): void => {
    setLit({ kind: "path", keys: variant.keys });
    change({ view: "map", path: at });
  };
  return (
    <li className={styles.variant}>
      <button type="button" className={`${styles.count} num`} data-tip={t("journeys.light")} onClick={light}>
        <b>{formats.count(variant.count)}</b> <span>{formats.share(variant.share)}</span>
        <i aria-hidden>
          <span className={styles.with} style={{ width: `${(variant.count / most) * outcome * 100}%` }} />
          <span className={styles.without} style={{ width: `${(variant.count / most) * (1 - outcome) * 100}%` }} />
        </i>
        <small>{t("step.outcome", { share: formats.share(outcome) })}</small>
      </button>
      <ol className={styles.strip}>
        {runs(variant.keys).map(([key, times], step) => (
          <Fragment key={step}>
            <li>
              <button
                type="button"
                data-cell={`variant:${at}:${step}`}
                style={{ background: `var(--dl-stage-${column.get(key)?.tint ?? 1})` }}
                onClick={() => open(key)}
              >
                {column.get(key)?.name ?? key}
                {times > 1 && <b className="num">{t("journeys.times", { n: formats.count(times) })}</b>}
              </button>
            </li>
          </Fragment>
        ))}
      </ol>
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
