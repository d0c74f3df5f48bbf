import type { Formats } from "@desireline/map-core";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../api/client.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import type { KnownSource, SeenSource } from "./queries.ts";
import styles from "./sources.module.css";

interface Props {
  known: KnownSource[] | null;
  seen: SeenSource[];
  /** When `seen` was asked for. */
  now: string;
  formats: Formats;
  made: (key: string) => void;
  /** A source does something else from now on. */
  changed: () => void;
}

/** Every source, with what it has brought; doors without a key (api, import) stand there, too. */
export function SourceList({ known, seen, now, formats, made, changed }: Props) {
  const { t } = useTranslation();
  const names = [...new Set([...(known ?? []).map((k) => k.name), ...seen.map((s) => s.source)])];
  return (
    <section className={styles.part} aria-labelledby="sources-list">
      <h2 id="sources-list">{t("sources.list")}</h2>
      <ul className={styles.rows}>
        {names.toSorted().map((name) => {
          const key = known?.find((one) => one.name === name);
          const brought = seen.find((one) => one.source === name);
          return (
            <li key={name} data-source={name}>
              <b>{name}</b>
              <span className={`${styles.soft} num`} title={brought?.last_at ?? ""}>
                {brought?.last_at ? formats.ago(brought.last_at, now) : t("sources.never")}
              </span>
              <span className="num">
                {t("sources.events", { n: formats.count(brought?.events ?? 0), count: brought?.events ?? 0 })}
                {(brought?.failed ?? 0) > 0 && (
                  <span className={styles.harm}>
                    {t("sources.failed_count", { n: formats.count(brought!.failed) })}
                  </span>
                )}
              </span>
              <KeyWords source={key} formats={formats} />
              {key !== undefined && key.off_at === null && <Respects source={key} changed={changed} />}
            </li>
          );
        })}
      </ul>
      <NewSource made={made} />
    </section>
  );
}

function KeyWords({ source, formats }: { source: KnownSource | undefined; formats: Formats }) {
  const { t } = useTranslation();
  const words = (): string => {
    if (source === undefined) return t("sources.no_key");
    if (source.off_at !== null) return t("sources.off");
    const ends = t("sources.key", { end: source.key_ends });
    if (source.quota === null) return ends;
    const used = { n: formats.count(source.used_today), quota: formats.count(source.quota) };
    return `${ends}, ${t("sources.quota", used)}`;
  };
  return <span className={styles.soft}>{words()}</span>;
}

/** Whose events a source leaves out: two switches that hold from the next second on. */
function Respects({ source, changed }: { source: KnownSource; changed: () => void }) {
  const { t } = useTranslation();
  const path = { params: { path: { name: source.name } } };
  const consent = useMutation({
    mutationFn: (asks: boolean) => told(api.PUT("/v1/sources/{name}/consent", { ...path, body: { asks } })),
    onSuccess: changed,
  });
  const signals = useMutation({
    mutationFn: (what: KnownSource["signals"]) =>
      told(api.PUT("/v1/sources/{name}/signals", { ...path, body: { signals: what } })),
    onSuccess: changed,
  });
  const refuses = source.signals === "refuse";
  return (
    <fieldset className={styles.respects}>
      <legend>{t("sources.leaves_out")}</legend>
      <label title={t("sources.signals_means")}>
        <input
          type="checkbox"
          checked={refuses}
          onChange={() => signals.mutate(refuses ? "mark" : "refuse")}
        />
        {t("sources.signals")}
      </label>
      <label title={t("sources.consent_means")}>
        <input
          type="checkbox"
          checked={source.asks_consent}
          onChange={() => consent.mutate(!source.asks_consent)}
        />
        {t("sources.consent")}
      </label>
      <ProblemNote error={consent.error ?? signals.error} />
    </fieldset>
  );
}

function NewSource({ made }: { made: (key: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const make = useMutation({
    mutationFn: () => told(api.POST("/v1/sources", { body: { name } })),
    onSuccess: ({ write_key: key }) => {
      made(key);
      setName("");
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form className={styles.form} onSubmit={go}>
      <label htmlFor="new-source">{t("sources.new")}</label>
      <input
        id="new-source"
        value={name}
        placeholder="shop-web"
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm" disabled={name === ""}>
        {t("sources.make")}
      </Button>
      <p role="status" className={styles.note}>
        {make.data !== undefined && (
          <>
            {t("sources.made")} <code>{make.data.write_key}</code>
          </>
        )}
      </p>
      <ProblemNote error={make.error} />
    </form>
  );
}
