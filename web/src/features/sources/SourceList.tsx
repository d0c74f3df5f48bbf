import type { Formats } from "@desireline/map-core";
import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask, type KnownSource, type SeenSource } from "./api.ts";
import styles from "./sources.module.css";

interface Props {
  known: KnownSource[] | null;
  seen: SeenSource[];
  /** When `seen` was asked for. */
  now: string;
  formats: Formats;
  made: (key: string) => void;
}

/** Every source, with what it has brought; doors without a key (api, import) stand there, too. */
export function SourceList({ known, seen, now, formats, made }: Props) {
  const { t } = useTranslation();
  const names = [...new Set([...(known ?? []).map((k) => k.name), ...seen.map((s) => s.source)])];
  return (
    <section className={styles.part} aria-labelledby="sources-list">
      <h2 id="sources-list">{t("sources.list")}</h2>
      <ul className={styles.rows}>
        {names.toSorted().map((name) => {
          const key = known?.find((one) => one.name === name);
          const told = seen.find((one) => one.source === name);
          return (
            <li key={name} data-source={name}>
              <b>{name}</b>
              <span className={`${styles.soft} num`} title={told?.last_at ?? ""}>
                {told?.last_at ? formats.ago(told.last_at, now) : t("sources.never")}
              </span>
              <span className="num">
                {t("sources.events", { n: formats.count(told?.events ?? 0), count: told?.events ?? 0 })}
                {(told?.failed ?? 0) > 0 && (
                  <span className={styles.harm}>
                    {t("sources.failed_count", { n: formats.count(told!.failed) })}
                  </span>
                )}
              </span>
              <KeyWords source={key} formats={formats} />
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
    const told = { n: formats.count(source.used_today), quota: formats.count(source.quota) };
    return `${ends}, ${t("sources.quota", told)}`;
  };
  return <span className={styles.soft}>{words()}</span>;
}

function NewSource({ made }: { made: (key: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState("");
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const told = await ask<{ write_key: string }>("/v1/sources", { name });
      made(told.write_key);
      setSaid(told.write_key);
      setProblem("");
      setName("");
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void make(event)}>
      <label htmlFor="new-source">{t("sources.new")}</label>
      <input
        id="new-source"
        value={name}
        placeholder="shop-web"
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm" className={styles.primary ?? ""} disabled={name === ""}>
        {t("sources.make")}
      </Button>
      <p role="status" className={styles.note}>
        {said !== "" && (
          <>
            {t("sources.made")} <code>{said}</code>
          </>
        )}
      </p>
      {problem !== "" && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </form>
  );
}
