import type { Column, SampleJourney } from "@desireline/map-core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLook, useMap } from "../state/map_context.ts";
import styles from "./panel.module.css";
import { Section } from "./Section.tsx";
import { Timeline } from "./Timeline.tsx";

const FIRST = 6;

/** The journeys behind the numbers: a sample, each as a small timeline. */
export function Journeys({ column }: { column: Column }) {
  const { file, formats, setLit } = useMap();
  const { lit } = useLook();
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const { journeys, journeys_of } = file.figures;
  const here = useMemo(
    () =>
      (journeys_of[column.key] ?? []).flatMap((at): SampleJourney[] =>
        journeys[at] ? [journeys[at]] : [],
      ),
    [journeys, journeys_of, column.key],
  );
  const n = column.figures?.journeys ?? 0;
  const choose = (journey: SampleJourney): void => {
    const off = chosen === journey.id && lit !== null;
    setChosen(off ? null : journey.id);
    setLit(off ? null : { kind: "path", keys: journey.steps.map(([key]) => key) });
  };
  return (
    <Section
      name={t("panel.journeys")}
      door="journeys"
      note={t("panel.sample", { shown: formats.count(here.length), n: formats.count(n), count: n })}
    >
      {here.length === 0 && <p className={styles.quiet}>{t("panel.no_sample")}</p>}
      <ol className={styles.journeys}>
        {(all ? here : here.slice(0, FIRST)).map((journey) => (
          <li key={journey.id}>
            <Timeline
              journey={journey}
              here={column.key}
              chosen={chosen === journey.id && lit !== null}
              choose={choose}
            />
          </li>
        ))}
      </ol>
      {here.length > FIRST && !all && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t("panel.more", { n: formats.count(here.length - FIRST), count: here.length - FIRST })}
        </button>
      )}
    </Section>
  );
}
