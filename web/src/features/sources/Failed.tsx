import type { Formats } from "@desireline/map-core";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ask, type Failure, type Reason, type Replayed } from "./api.ts";
import styles from "./sources.module.css";
import { useAsked } from "./use_asked.ts";

/** Characters of a body that its line shows. */
const SHOWN = 200;

/** Why events could not be stored; each reason opens to its events, which are mended and replayed. */
export function Failed({ formats, replayed }: { formats: Formats; replayed: () => void }) {
  const { t } = useTranslation();
  const { told, again } = useAsked<{ reasons: Reason[] }>("/v1/events/failed/reasons");
  const [said, setSaid] = useState("");
  const replay = async (reason: Reason): Promise<void> => {
    try {
      const { source, code } = reason;
      const found = await ask<Replayed>("/v1/events/failed/replay", { source, code });
      setSaid(t("sources.replayed", { ...found }));
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
    again();
    replayed();
  };
  return (
    <section className={styles.part} aria-labelledby="sources-failed">
      <h2 id="sources-failed">{t("sources.failed")}</h2>
      {told?.reasons.length === 0 && <p className={styles.lead}>{t("sources.none_failed")}</p>}
      {(told?.reasons ?? []).map((reason) => (
        <details key={`${reason.source} ${reason.code}`} className={styles.reason} data-code={reason.code}>
          <summary>
            <b className="num">{formats.count(reason.events)}</b>
            <span>
              <b>{reason.code.replaceAll("_", " ")}</b> <span className={styles.soft}>{reason.source}</span>
              <br />
              {reason.reason}
            </span>
          </summary>
          <Button variant="default" size="compact-sm" onClick={() => void replay(reason)}>
            {t("sources.replay_all", { n: formats.count(reason.events) })}
          </Button>
          <FailedEvents reason={reason} formats={formats} done={again} />
        </details>
      ))}
      <p role="status" className={styles.note}>
        {said}
      </p>
    </section>
  );
}

interface Of {
  reason: Reason;
  formats: Formats;
  done: () => void;
}

function FailedEvents({ reason, formats, done }: Of) {
  const query = new URLSearchParams({ source: reason.source, code: reason.code, most: "20" });
  const { told } = useAsked<{ failed: Failure[] }>(`/v1/events/failed?${query.toString()}`);
  return (
    <ul className={styles.failures}>
      {(told?.failed ?? []).map((failure) => (
        <FailedEvent key={failure.id} failure={failure} formats={formats} done={done} />
      ))}
    </ul>
  );
}

function FailedEvent({ failure, formats, done }: { failure: Failure; formats: Formats; done: () => void }) {
  const { t } = useTranslation();
  const [body, setBody] = useState<string | null>(null);
  const [came, setCame] = useState("");
  const [said, setSaid] = useState("");
  const open = async (): Promise<void> => {
    const one = await ask<{ readable: string }>(`/v1/events/failed/${failure.id}`);
    setCame(one.readable);
    setBody(one.readable);
  };
  const replay = async (): Promise<void> => {
    try {
      const path = `/v1/events/failed/${failure.id}/replay`;
      const found = await ask<Replayed & { events: { reason?: string; hint?: string }[] }>(
        path,
        body === came ? "" : (body ?? ""),
      );
      const why = found.events.map((one) => [one.reason, one.hint].filter(Boolean).join(" ")).join(" ");
      setSaid(found.failed > 0 ? why : t("sources.replayed", { ...found }));
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
    done();
  };
  return (
    <li>
      <button type="button" className={styles.open} aria-expanded={body !== null} onClick={() => void open()}>
        <time className="num" dateTime={failure.received_at}>
          {formats.moment(failure.received_at)}
        </time>
        <code className={styles.cut}>{failure.body.slice(0, SHOWN)}</code>
      </button>
      {body !== null && (
        <div className={styles.mend}>
          <textarea
            aria-label={t("sources.body")}
            spellCheck={false}
            rows={Math.min(body.split("\n").length + 1, 16)}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
          <Button size="compact-sm" className={styles.primary ?? ""} onClick={() => void replay()}>
            {t(body === came ? "sources.replay" : "sources.replay_mended")}
          </Button>
        </div>
      )}
      <p role="status" className={styles.note}>
        {said}
      </p>
    </li>
  );
}
