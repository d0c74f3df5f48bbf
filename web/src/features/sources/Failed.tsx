import type { Formats } from "@desireline/map-core";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shapes, told } from "../../api/client.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { say } from "../../ui/say.tsx";
import { type Failure, failedBody, failuresQuery, type Reason, reasonsQuery, replay } from "./queries.ts";
import styles from "./sources.module.css";

/** Characters of a body that its line shows. */
const SHOWN = 200;

/** Why events could not be stored; each reason opens to its events, which are mended and replayed. */
export function Failed({ formats, replayed }: { formats: Formats; replayed: () => void }) {
  const { t } = useTranslation();
  const { data: reasons, error } = useQuery(reasonsQuery);
  const all = useMutation({
    mutationFn: ({ source, code }: Reason) =>
      told(api.POST("/v1/events/failed/replay", { body: { source, code } })),
    onSettled: replayed,
  });
  return (
    <section className={styles.part} aria-labelledby="sources-failed">
      <h2 id="sources-failed">{t("sources.failed")}</h2>
      <ProblemNote error={error ?? all.error} />
      {reasons?.length === 0 && <p className={styles.lead}>{t("sources.none_failed")}</p>}
      {(reasons ?? []).map((reason) => (
        <details key={`${reason.source} ${reason.code}`} className={styles.reason} data-code={reason.code}>
          <summary>
            <b className="num">{formats.count(reason.events)}</b>
            <span>
              <b>{reason.code.replaceAll("_", " ")}</b> <span className={styles.soft}>{reason.source}</span>
              <br />
              {reason.reason}
            </span>
          </summary>
          <Button variant="default" size="compact-sm" onClick={() => all.mutate(reason)}>
            {t("sources.replay_all", { n: formats.count(reason.events) })}
          </Button>
          <FailedEvents reason={reason} formats={formats} done={replayed} />
        </details>
      ))}
      <p role="status" className={styles.note}>
        {all.data === undefined ? "" : t("sources.replayed", { ...counted(all.data) })}
      </p>
    </section>
  );
}

interface Counts {
  stored: number;
  duplicate: number;
  failed: number;
}

type Replayed = Shapes["Verdicts"];

/** The counts that the sentence about a replay names. */
const counted = ({ stored, duplicate, failed }: Counts): Counts => ({ stored, duplicate, failed });

/** Why what was sent once more could not be stored either. */
const whyNot = (found: Replayed): string =>
  found.events.map((one) => (one.verdict === "failed" ? `${one.reason} ${one.hint}` : "")).join(" ");

interface Of {
  reason: Reason;
  formats: Formats;
  done: () => void;
}

function FailedEvents({ reason, formats, done }: Of) {
  const { data: failures } = useQuery(failuresQuery(reason));
  return (
    <ul className={styles.failures}>
      {(failures ?? []).map((failure) => (
        <FailedEvent key={failure.id} failure={failure} formats={formats} done={done} />
      ))}
    </ul>
  );
}

function FailedEvent({ failure, formats, done }: { failure: Failure; formats: Formats; done: () => void }) {
  const { t } = useTranslation();
  const [body, setBody] = useState<string | null>(null);
  const opened = useMutation({ mutationFn: () => failedBody(failure.id), onSuccess: setBody });
  const came = opened.data ?? "";
  const again = useMutation({
    mutationFn: () => replay(failure.id, body === came ? null : body),
    onSuccess: (found) => {
      // One that was taken in leaves the list, and what stands beside it goes with it.
      if (found.failed === 0) say(t("sources.replayed", { ...counted(found) }));
    },
    onSettled: done,
  });
  return (
    <li>
      <button type="button" className={styles.open} aria-expanded={body !== null} onClick={() => opened.mutate()}>
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
          <Button size="compact-sm" onClick={() => again.mutate()}>
            {t(body === came ? "sources.replay" : "sources.replay_mended")}
          </Button>
        </div>
      )}
      <ProblemNote error={opened.error ?? again.error} />
      <p role="status" className={styles.note}>
        {again.data === undefined ? "" : whyNot(again.data)}
      </p>
    </li>
  );
}
