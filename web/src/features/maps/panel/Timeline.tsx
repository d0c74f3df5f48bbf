import type { SampleJourney } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./panel.module.css";

interface Props {
  journey: SampleJourney;
  here: string;
  chosen: boolean;
  choose: (journey: SampleJourney) => void;
}

/** One person's walk: its steps in order, each with the time since the one before. */
export function Timeline({ journey, here, chosen, choose }: Props) {
  const { column, formats, file } = useMap();
  const { t } = useTranslation();
  const first = journey.steps[0]?.[1];
  return (
    <div className={chosen ? styles.journeyChosen : styles.journey}>
      <button
        type="button"
        aria-pressed={chosen}
        data-tip={t("panel.light")}
        onClick={() => choose(journey)}
      >
        <span className={journey.outcome ? styles.dotWith : styles.dotWithout} aria-hidden />
        <b>{journey.id}</b>
        <span>{t(journey.outcome ? "outcome.with" : "outcome.without")}</span>
        {first && (
          <time dateTime={first} data-tip={formats.moment(first)}>
            {formats.ago(first, file.figures.as_of)}
          </time>
        )}
      </button>
      <ol>
        {journey.steps.map(([key, time], at) => {
          const before = journey.steps[at - 1]?.[1];
          const since =
            before === undefined ? null : (Date.parse(time) - Date.parse(before)) / 1000;
          return (
            <li
              key={at}
              className={key === here ? styles.here : undefined}
              data-tip={formats.moment(time)}
            >
              <i
                style={{ background: `var(--dl-stage-mark-${column.get(key)?.tint ?? 1})` }}
                aria-hidden
              />
              {column.get(key)?.name ?? key}
              {since !== null && (
                <span className="num">{t("panel.later", { wait: formats.duration(since) })}</span>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
