import { bandsOf, type Column } from "@desireline/map-core";
import { Fragment, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { EvidenceLegend } from "../marks/EvidenceMark.tsx";
import { useLook, useMap } from "../state/map_context.ts";
import styles from "./blueprint.module.css";
import { CellWords } from "./CellWords.tsx";
import { LAYERS, layersOf, LINES, says } from "./layers.ts";

/** The blueprint on a narrow screen: one touchpoint after the other, from the customer down. */
export function BlueprintRoad() {
  const { file } = useMap();
  const { shown } = useLook();
  const { t } = useTranslation();
  const bands = useMemo(() => bandsOf(shown), [shown]);
  const layers = useMemo(() => layersOf(file.map), [file.map]);
  const drawn = LAYERS.some((layer) => layer !== "customer" && layers[layer].length > 0);
  return (
    <div className={styles.road}>
      {!drawn && <p className={styles.teach}>{t("blueprint.none")}</p>}
      {bands.map((band) => (
        <section key={`${band.key}${band.first}`} aria-label={band.name}>
          <h2 style={{ background: `var(--dl-stage-${band.tint})` }}>{band.name}</h2>
          {shown.slice(band.first, band.first + band.count).map((column) => (
            <Stop key={column.key} column={column} layers={layers} />
          ))}
        </section>
      ))}
      <EvidenceLegend />
    </div>
  );
}

function Stop({ column, layers }: { column: Column; layers: ReturnType<typeof layersOf> }) {
  const { open } = useMap();
  const { t } = useTranslation();
  return (
    <article className={styles.stop} aria-label={column.name}>
      <h3>
        <button type="button" onClick={() => open(column.key)}>
          {column.name}
        </button>
      </h3>
      {LAYERS.map((layer) => {
        const told = layers[layer].filter((lane) => says(lane.cells[column.key]));
        if (told.length === 0) return null;
        const line = LINES[layer];
        return (
          <Fragment key={layer}>
            {line !== null && <p className={styles.roadLine}>{t(`blueprint.${line}`)}</p>}
            <dl>
              {told.map((lane) => (
                <div key={lane.key}>
                  <dt>{lane.name}</dt>
                  <dd>
                    <CellWords lane={lane} cell={lane.cells[column.key]!} />
                  </dd>
                </div>
              ))}
            </dl>
          </Fragment>
        );
      })}
    </article>
  );
}
