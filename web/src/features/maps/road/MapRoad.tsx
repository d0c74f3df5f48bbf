import { bandsOf, stepId } from "@desireline/map-core";
import { useMemo } from "react";
import { DataNotes } from "../marks/DataNotes.tsx";
import { EvidenceLegend } from "../marks/EvidenceMark.tsx";
import { OutcomeKey } from "../marks/OutcomeKey.tsx";
import { RareSlider } from "../marks/RareSlider.tsx";
import { useLook, useMap } from "../state/map_context.ts";
import { RoadStop } from "./RoadStop.tsx";
import styles from "./road.module.css";

/** The map on a narrow screen: stages are sections, touchpoints stand on a way that goes down. */
export function MapRoad() {
  const { file, formats } = useMap();
  const { shown, flow } = useLook();
  const bands = useMemo(() => bandsOf(shown), [shown]);
  const steps = useMemo(() => new Map(flow.map((edge) => [stepId(edge), edge])), [flow]);
  const most = Math.max(1, ...file.figures.touchpoints.map((f) => f.journeys));
  const figures = new Map(file.figures.stages.map((s) => [s.key, s]));
  return (
    <div className={styles.road}>
      <div className={styles.tools}>
        <OutcomeKey />
        <RareSlider />
      </div>
      {bands.map((band) => (
        <section key={`${band.key}${band.first}`} aria-label={band.name}>
          <h2 className={styles.stage} style={{ background: `var(--dl-stage-${band.tint})` }}>
            {band.name}
            <span className="num">{formats.share(figures.get(band.key)?.reach.share ?? null)}</span>
          </h2>
          <ol className={styles.stops}>
            {shown.slice(band.first, band.first + band.count).map((column, offset) => {
              const next = shown[band.first + offset + 1];
              return (
                <RoadStop
                  key={column.key}
                  column={column}
                  onward={steps.get(`${column.key}>${next?.key}`) ?? null}
                  leaving={steps.get(`${column.key}>`) ?? null}
                  most={most}
                  last={next === undefined}
                />
              );
            })}
          </ol>
        </section>
      ))}
      <div className={styles.foot}>
        {file.map.lanes.length > 0 && <EvidenceLegend />}
        <DataNotes />
      </div>
    </div>
  );
}
