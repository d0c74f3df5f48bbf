import type { Column } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { EvidenceMark } from "../marks/EvidenceMark.tsx";
import { useMap } from "../state/map_context.ts";
import styles from "./panel.module.css";
import { Section } from "./Section.tsx";

/** The words that the map holds for this touchpoint, lane by lane. */
export function Meanings({ column }: { column: Column }) {
  const { file } = useMap();
  const { t } = useTranslation();
  const said = file.map.lanes.flatMap((lane) => {
    const cell = lane.cells[column.key];
    return cell === undefined ? [] : [{ lane, cell }];
  });
  if (said.length === 0) return null;
  return (
    <Section name={t("panel.words")}>
      <dl className={styles.words}>
        {said.map(({ lane, cell }) => (
          <div key={lane.key}>
            <dt>{lane.name}</dt>
            <dd>
              <EvidenceMark evidence={cell.evidence} n={cell.n ?? null} /> {cell.text}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
