import { NO_EVENT, type Rule } from "@desireline/map-core";
import { useDebouncedValue } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { useRulePreview } from "./queries.ts";
import styles from "./rules.module.css";

type Previewed = Shapes["RulePreviewed"];

interface Props {
  rule: Rule;
  map: string;
  /** Whose rule it is; null for an outcome or a persona, which shares events with nobody. */
  touchpoint: string | null;
  /** Names of touchpoints by key. */
  names?: ReadonlyMap<string, string>;
}

const TYPING_MS = 200;
const isNoEvent = (rule: Rule): boolean => JSON.stringify(rule) === JSON.stringify(NO_EVENT);

/** What the rule catches at this moment: how many, of whom, since when, and whose else they are. */
export function RuleCount({ rule, map, touchpoint, names }: Props) {
  const [asked] = useDebouncedValue(rule, TYPING_MS);
  if (isNoEvent(rule)) return null;
  return <Counted rule={asked} map={map} touchpoint={touchpoint} names={names ?? new Map()} />;
}

function Counted({ rule, map, touchpoint, names }: Required<Props>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const shared = touchpoint !== null;
  const { data, error, isPlaceholderData } = useRulePreview(rule, shared ? map : null, touchpoint);
  if (error !== null) return <ProblemNote error={error} />;
  if (data === undefined) return <p className={styles.count} aria-busy>…</p>;
  const n = t("rules.caught_events", { n: formats.count(data.events), count: data.events });
  const persons = t("rules.caught_persons", { n: formats.count(data.persons), count: data.persons });
  return (
    <div className={styles.count} data-old={isPlaceholderData || undefined} data-events={data.events}>
      <p aria-live="polite" className="num">
        {data.events === 0 ? t("rules.caught_none") : t("rules.caught", { events: n, persons })}
        {data.last_at !== null && (
          <span data-tip={formats.moment(data.last_at)}>
            {" "}
            {t("rules.last_seen", { ago: agoNow(formats, data.last_at) })}
          </span>
        )}
      </p>
      {shared && <Overlap found={data} names={names} />}
      <Examples found={data} />
    </div>
  );
}

/** Whose events these are already, in words. */
function Overlap({ found, names }: { found: Previewed; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (found.overlap.length === 0) return null;
  return (
    <ul className={styles.overlap}>
      {found.overlap.map(({ touchpoint, events, goes_there }) => (
        <li key={touchpoint} className="num">
          {t(goes_there ? "rules.belongs" : "rules.takes", {
            n: formats.count(events),
            count: events,
            name: names.get(touchpoint) ?? touchpoint,
          })}
        </li>
      ))}
      {found.left < found.events && (
        <li className="num">
          {t("rules.left", { n: formats.count(found.left), count: found.left })}
        </li>
      )}
    </ul>
  );
}

/** The newest events of different persons, each a door to the person. */
function Examples({ found }: { found: Previewed }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (found.examples.length === 0) return null;
  return (
    <details className={styles.examples}>
      <summary>{t("rules.examples")}</summary>
      <ul>
        {found.examples.map((one) => (
          <li key={`${one.person} ${one.at}`}>
            <Link to="/people/$person" params={{ person: one.person }}>
              {t("rules.person", { person: one.person })}
            </Link>
            <span>{[one.event, one.channel].filter(Boolean).join(" · ")}</span>
            <time className="num" dateTime={one.at} data-tip={formats.moment(one.at)}>
              {agoNow(formats, one.at)}
            </time>
          </li>
        ))}
      </ul>
    </details>
  );
}
