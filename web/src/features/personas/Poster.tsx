import { type Rule, ruleInWords } from "@desireline/map-core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { localeOf } from "../../app/formats.ts";
import type { Behind } from "../explore/asking.ts";
import { LISTS } from "./document.ts";
import { MapsOf } from "./MapsOf.tsx";
import { Photo } from "./Photo.tsx";
import styles from "./personas.module.css";
import { figuresQuery, type Persona, personsOf } from "./queries.ts";
import { ShareLine } from "./ShareLine.tsx";

/** The persona as one hangs it on the wall: who, how many, what for, in whose words. */
export function Poster({ persona, open }: { persona: Persona; open: (behind: Behind) => void }) {
  const { t } = useTranslation();
  const figures = useQuery(figuresQuery([persona]));
  const found = figures.data?.personas.find((one) => one.name === persona.key);
  const lists = LISTS.filter((name) => (persona[name]?.length ?? 0) > 0);
  return (
    <div className={styles.poster}>
      <aside className={styles.aside} aria-label={t("personas.whom")}>
        <Photo name={persona.name} photo={persona.photo} size={160} />
        {found !== undefined && (
          <ShareLine share={found.share} open={() => open(personsOf(persona.name, persona.key))} />
        )}
        <RuleTold rule={persona.rule as Rule | null} />
        <Numbers persona={persona} />
        {persona.rule && <MapsOf persona={persona.key} />}
      </aside>
      <div className={styles.body}>
        {persona.summary && <p className={styles.lead}>{persona.summary}</p>}
        {lists.length === 0 && <p className={styles.soft}>{t("personas.nothing_told")}</p>}
        <div className={styles.lists}>
          {lists.map((name) => (
            <section key={name} aria-labelledby={`list-${name}`}>
              <h2 id={`list-${name}`}>{t(`personas.${name}`)}</h2>
              <ul>
                {persona[name]!.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        <Verbatims persona={persona} />
      </div>
    </div>
  );
}

function RuleTold({ rule }: { rule: Rule | null }) {
  const { t } = useTranslation();
  if (rule === null) return <p className={styles.soft}>{t("personas.no_rule")}</p>;
  const words = ruleInWords(rule, (key, values) => t(key, values ?? {}));
  return (
    <section className={styles.rule}>
      <h2>{t("personas.rule")}</h2>
      {words === null ? <code>{JSON.stringify(rule)}</code> : <p>{t("personas.rule_words", { words })}</p>}
    </section>
  );
}

function Numbers({ persona }: { persona: Persona }) {
  const { t } = useTranslation();
  if ((persona.numbers?.length ?? 0) === 0) return null;
  return (
    <section>
      <h2>{t("personas.numbers")}</h2>
      <dl className={styles.numbers}>
        {persona.numbers!.map((one) => (
          <div key={one.name}>
            <dt>{one.name}</dt>
            <dd className="num">
              {one.value}
              {one.source && <small>{one.source}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Verbatims({ persona }: { persona: Persona }) {
  const { t, i18n } = useTranslation();
  const day = new Intl.DateTimeFormat(localeOf(i18n.language), { dateStyle: "medium", timeZone: "UTC" });
  if ((persona.verbatims?.length ?? 0) === 0) return null;
  return (
    <section aria-labelledby="verbatims" className={styles.verbatims}>
      <h2 id="verbatims">{t("personas.verbatims")}</h2>
      {persona.verbatims!.map((one) => (
        <figure key={one.text}>
          <blockquote lang={one.language || undefined}>{one.text}</blockquote>
          <figcaption>
            {[
              one.internal === true ? t("personas.internal") : "",
              one.source,
              one.said_at ? day.format(new Date(one.said_at)) : "",
            ]
              .filter(Boolean)
              .join(" · ") || t("personas.no_source")}
          </figcaption>
        </figure>
      ))}
    </section>
  );
}

