import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { Rows } from "../../ui/Rows.tsx";
import { spoken } from "../explore/saying.ts";
import { rowOf } from "../findings/rows.ts";
import { mapsQuery } from "../maps/pages/map_queries.ts";
import styles from "./why.module.css";
import { nameOf, type Met, type PersonEnding, personQuery } from "./queries.ts";

/** How one person's journey of a map stands; where it has ended, which of the reasons found she met. */
export function WhyEnded({ person }: { person: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: maps } = useQuery(mapsQuery);
  const [chosen, choose] = useState<string | null>(null);
  const published = (maps ?? []).filter((map) => map.version !== null);
  const key = chosen ?? published[0]?.key ?? "";
  const { data, error } = useQuery({ ...personQuery(key, person), enabled: key !== "" });
  const ended = data !== undefined && data.ended_at !== null;
  const title = t(ended ? "endings.person_ended" : "endings.person_stands");
  if (key === "") return null;
  return (
    <section className={styles.why} aria-label={title}>
      <h2>{title}</h2>
      {published.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t("endings.person_map")}
          value={key}
          data={published.map((map) => ({ value: map.key, label: map.name }))}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      )}
      {error !== null && <p className={styles.soft}>{t("endings.person_unasked")}</p>}
      {data === undefined && error === null && <Rows n={2} height={20} />}
      {data !== undefined && (
        <p className="num">
          {data.state !== null && <b>{capitalised(t(`endings.state_${data.state}`))}. </b>}
          {data.words.map((one) => spoken(t, formats, one)).join(" ")}
        </p>
      )}
      {ended && <Reasons map={key} ending={data} />}
    </section>
  );
}

const capitalised = (word: string): string => word.charAt(0).toLocaleUpperCase() + word.slice(1);

function Reasons({ map, ending }: { map: string; ending: PersonEnding }) {
  const { t } = useTranslation();
  const here = ending.met.filter((one) => one.left_there);
  const before = ending.met.filter((one) => !one.left_there);
  return (
    <>
      {here.length > 0 && <Listed map={map} met={here} />}
      {before.length > 0 && (
        <details>
          <summary>{t("endings.person_before", { count: before.length, n: String(before.length) })}</summary>
          <Listed map={map} met={before} />
        </details>
      )}
      <Link to="/maps/$key/endings" params={{ key: map }}>
        {t("endings.person_door")}
      </Link>
    </>
  );
}

/** What she met, with how many leave for it; the title leads to where it stands among the reasons. */
function Listed({ map, met }: { map: string; met: Met[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <ul>
      {met.map((one) => (
        <li key={`${one.kind} ${nameOf(one)}`}>
          <Link to="/maps/$key/endings" params={{ key: map }} hash={rowOf("ending", one.kind, nameOf(one))}>
            {t(`endings.short_${one.kind}`, { act: one.act_name, place: one.place_name })}
          </Link>
          <span className={`${styles.soft} num`}>
            {t("endings.person_share", {
              day: formats.period(one.at, one.at),
              with_it: formats.share(one.with_it),
              without: formats.share(one.without),
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
