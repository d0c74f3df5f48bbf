import type { Formats } from "@desireline/map-core";
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../../app/formats.ts";
import type { ArrivedEvent } from "./queries.ts";
import styles from "./sources.module.css";
import { useArrivals } from "./use_arrivals.ts";

/** Events as they come, the newest on top. */
export function Arriving({ formats, names }: { formats: Formats; names: string[] }) {
  const { t, i18n } = useTranslation();
  const clock = useMemo(
    () => new Intl.DateTimeFormat(localeOf(i18n.language), { timeStyle: "medium" }),
    [i18n.language],
  );
  const [source, setSource] = useState("");
  const [type, setType] = useState("");
  const [paused, setPaused] = useState(false);
  const { events, leftOut, lastMinute, state } = useArrivals(source, type.trim(), paused);
  return (
    <section className={styles.part} aria-labelledby="sources-arriving">
      <div className={styles.head}>
        <h2 id="sources-arriving">{t("sources.arriving")}</h2>
        <p className={`${styles.badge} num`} data-state={paused ? "paused" : state}>
          <i aria-hidden />
          <b role="status">{t(`sources.state_${paused ? "paused" : state}`)}</b>
          {!paused && state === "live" && (
            <span>{t("live.rate", { n: formats.count(lastMinute), count: lastMinute })}</span>
          )}
        </p>
        <label>
          <span>{t("sources.source")}</span>
          <select value={source} onChange={(event) => setSource(event.currentTarget.value)}>
            <option value="">{t("sources.all")}</option>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          <span>{t("sources.type")}</span>
          <input
            value={type}
            placeholder={t("sources.all_types")}
            onChange={(event) => setType(event.currentTarget.value)}
          />
        </label>
        <Button variant="default" size="compact-sm" onClick={() => setPaused(!paused)}>
          {t(paused ? "sources.go_on" : "sources.pause")}
        </Button>
      </div>
      {events.length === 0 ? (
        <p className={styles.lead}>{t("sources.no_events")}</p>
      ) : (
        /* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */
        <ol className={styles.events} tabIndex={0} aria-labelledby="sources-arriving">
          {events.map((event) => (
            <Row key={event.position} event={event} clock={clock} />
          ))}
        </ol>
      )}
      {leftOut > 0 && (
        <p className={`${styles.soft} num`}>{t("sources.left_out", { n: formats.count(leftOut) })}</p>
      )}
    </section>
  );
}

function Row({ event, clock }: { event: ArrivedEvent; clock: Intl.DateTimeFormat }) {
  const who = Object.values(event.identifiers)[0] ?? "";
  const says = Object.entries(event.properties)
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
  return (
    <li>
      <time className="num" dateTime={event.received_at}>
        {clock.format(new Date(event.received_at))}
      </time>
      <b>{event.type}</b>
      <span className={styles.soft}>{event.source}</span>
      <span className={styles.cut} title={JSON.stringify(event.identifiers)}>
        {who}
      </span>
      <span className={`${styles.cut} ${styles.soft}`} title={says}>
        {says}
      </span>
    </li>
  );
}
