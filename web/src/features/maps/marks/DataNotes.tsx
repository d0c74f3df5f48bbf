import { sentenceText } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./marks.module.css";

/** What the map was computed from, and what it leaves out: nothing is dropped in silence. */
export function DataNotes() {
  const { file, formats } = useMap();
  const { t } = useTranslation();
  const { source, as_of } = file.figures;
  const left = file.map.left_out;
  const lines = [
    t("notes.mapped", {
      n: formats.count(source.mapped_events),
      all: formats.count(source.events),
      name: source.name,
      moment: formats.moment(as_of),
    }),
    source.set_aside > 0
      ? t("notes.set_aside", { n: formats.count(source.set_aside), count: source.set_aside })
      : null,
    ...source.notes.map(sentenceText),
  ].filter((line) => line !== null);
  return (
    <div className={`${styles.notes} num`}>
      <p>{lines.join(" ")}</p>
      {left.length > 0 && (
        <details>
          <summary>
            {t("notes.left_out", { n: formats.count(left.length), count: left.length })}
          </summary>
          <ul>
            {left.map((out) => (
              <li key={out.event}>
                <b>{out.event}</b>
                {out.reason && `: ${out.reason}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
