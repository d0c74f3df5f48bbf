import { sentenceText } from "@desireline/map-core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LiveBadge } from "../live/LiveBadge.tsx";
import { useLiveState } from "../live/use_live.ts";
import { useSteadyHeight } from "../live/use_steady.ts";
import { useMap } from "../state/map_context.ts";
import { useSaid } from "../state/said.ts";
import styles from "./bar.module.css";
import { FilterBox } from "./FilterBox.tsx";
import { ViewSwitch } from "./ViewSwitch.tsx";

/** The one bar: which map this is, which view of it, and what one can do. */
export function MapBar({ tools }: { tools?: ReactNode }) {
  const { file } = useMap();
  const { t } = useTranslation();
  return (
    <header className={styles.bar}>
      <div className={styles.top}>
        <div className={styles.title}>
          <h1>{file.map.name}</h1>
          <span className={styles.kind}>{t(`kind.${file.map.kind}`)}</span>
          <span className={`${styles.version} num`}>
            {t("bar.version", { version: file.map.version })}
          </span>
        </div>
        <ViewSwitch />
        <FilterBox />
        {tools !== undefined && <div className={styles.tools}>{tools}</div>}
      </div>
      <Story />
    </header>
  );
}

/** What the map says in a sentence or two, and what it was computed from. */
function Story() {
  const { file, formats } = useMap();
  const { t } = useTranslation();
  const box = useSteadyHeight(useLiveState() !== null);
  const { source, sentences, as_of } = file.figures;
  const say = useSaid();
  const said = sentences.filter((s) => s.about === null).slice(0, 2);
  const notes = [
    t("bar.as_of", { moment: formats.moment(as_of) }),
    ...source.notes.map(sentenceText),
  ];
  return (
    <div ref={box} className={styles.story}>
      <p className={`${styles.said} num`}>
        {said.map((s, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- the first stays the first
          <span key={at}>{say(s)} </span>
        ))}
      </p>
      <div className={styles.facts}>
        <LiveBadge />
        <p className={`${styles.source} num`} data-tip={notes.join("\n")}>
          {source.first_at && source.last_at
            ? `${formats.period(source.first_at, source.last_at)} · `
            : ""}
          {t("bar.journeys", { n: formats.count(source.journeys), count: source.journeys })}
          {" · "}
          {t("bar.events", { n: formats.count(source.events), count: source.events })}
        </p>
      </div>
    </div>
  );
}
