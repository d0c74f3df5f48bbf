import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../../../app/formats.ts";
import { Empty } from "../../../ui/Empty.tsx";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { timelineQuery } from "../queries.ts";
import { EntryRow } from "./EntryRow.tsx";
import { byDay, entryKey } from "./entry_words.ts";
import { FilterBar } from "./FilterBar.tsx";
import type { Filters } from "./filters.ts";
import styles from "./timeline.module.css";

interface Props {
  person: string;
  filters: Filters;
  channels: string[];
  types: string[];
  change: (part: Filters) => void;
}

/** Everything that happened with a person, over all channels, by day. */
export function Timeline({ person, filters, channels, types, change }: Props) {
  const { t, i18n } = useTranslation();
  const asked = useInfiniteQuery(timelineQuery(person, filters));
  const locale = localeOf(i18n.language);
  const day = useMemo(() => {
    const style = new Intl.DateTimeFormat(locale, { dateStyle: "full" });
    return (iso: string) => style.format(new Date(iso));
  }, [locale]);
  const clock = useMemo(() => new Intl.DateTimeFormat(locale, { timeStyle: "short" }), [locale]);
  const entries = useMemo(
    () => byDay(asked.data?.pages.flatMap((page) => page.entries) ?? [], day),
    [asked.data, day],
  );
  return (
    <section aria-labelledby="timeline">
      <div className={styles.head}>
        <h2 id="timeline">{t("people.timeline")}</h2>
        <FilterBar filters={filters} channels={channels} types={types} change={change} />
      </div>
      <ProblemNote error={asked.error} />
      {asked.isPending && <Rows n={8} height={36} />}
      {asked.data !== undefined && entries.length === 0 && (
        <Empty title={t("people.no_entries")} text={t("people.no_entries_text")} />
      )}
      <div data-stale={asked.isPlaceholderData || undefined} className={styles.days}>
        {entries.map(([name, list]) => (
          <section key={name} aria-label={name} className={styles.day}>
            <h3>{name}</h3>
            <ol>
              {list.map((entry) => (
                <EntryRow key={entryKey(entry)} entry={entry} clock={clock} />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {asked.hasNextPage && (
        <Button
          variant="default"
          loading={asked.isFetchingNextPage}
          onClick={() => void asked.fetchNextPage()}
        >
          {t("people.more")}
        </Button>
      )}
    </section>
  );
}
