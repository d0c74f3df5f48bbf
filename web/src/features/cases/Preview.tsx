import type { JourneyMap } from "@desireline/map-core";
import styles from "./cases.module.css";

/** The way as it will be told: stages, stops, and what stands at each. */
export function Preview({ document }: { document: JourneyMap }) {
  const at = (lane: string, point: string): string =>
    document.lanes.find((one) => one.key === lane)?.cells[point]?.text ?? "";
  return (
    <div className={styles.preview}>
      <h2>{document.name}</h2>
      <p className={styles.soft}>{document.personas[0]?.name}</p>
      {document.stages.map((stage) => (
        <section key={stage.key} aria-label={stage.name}>
          <h3>{stage.name}</h3>
          <ol>
            {stage.touchpoints.map((point) => (
              <li key={point.key}>
                <b>{point.name}</b>
                <span className={styles.soft}>
                  {[at("when", point.key), point.channel, at("did", point.key)].filter(Boolean).join(" · ")}
                </span>
                {at("said", point.key) !== "" && <blockquote>{at("said", point.key)}</blockquote>}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
