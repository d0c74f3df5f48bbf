import { Button, Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { quotesQuery, searchQuery } from "../../people/queries.ts";
import { typeWords } from "../../people/timeline/entry_words.ts";
import styles from "../personas.module.css";

interface Props {
  opened: boolean;
  close: () => void;
  pick: (one: { text: string; source: string; said_at: string }) => void;
}

const TYPING_MS = 200;

/** Finds somebody, and what she wrote or said; names and addresses are taken out of it already. */
export function QuotePicker({ opened, close, pick }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("personas.quote_pick")}
      closeButtonProps={{ "aria-label": t("personas.close") }}
      size="lg"
    >
      <Search
        pick={(one) => {
          pick(one);
          close();
        }}
      />
    </Modal>
  );
}

function Search({ pick }: { pick: Props["pick"] }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const [person, setPerson] = useState<number | null>(null);
  const [settled] = useDebouncedValue(words.trim(), TYPING_MS);
  const asked = useInfiniteQuery(searchQuery(settled));
  const people = settled === "" ? [] : (asked.data?.pages.flatMap((page) => page.persons) ?? []);
  return (
    <div className={styles.picker}>
      <TextInput
        role="searchbox"
        label={t("personas.quote_who")}
        value={words}
        data-autofocus
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setPerson(null);
        }}
      />
      <ProblemNote error={asked.error} />
      {person === null ? (
        <ul className={styles.found}>
          {people.map((one) => (
            <li key={one.person}>
              <Button size="compact-sm" variant="subtle" onClick={() => setPerson(one.person)}>
                {one.name === "" ? one.value : one.name}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <Quotes person={person} pick={pick} />
      )}
    </div>
  );
}

function Quotes({ person, pick }: { person: number; pick: Props["pick"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error } = useQuery(quotesQuery(String(person)));
  if (error !== null) return <ProblemNote error={error} />;
  if (data === undefined) return <Rows n={3} />;
  if (data.length === 0) return <p className={styles.soft}>{t("personas.quote_none")}</p>;
  return (
    <ul className={styles.quotes}>
      {data.map((one) => {
        const source = [typeWords(one.type), one.channel].filter(Boolean).join(", ");
        return (
          <li key={`${one.position} ${one.property}`}>
            <blockquote>{one.text}</blockquote>
            <p className={styles.soft}>
              {source} · {formats.moment(one.at)}
            </p>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => pick({ text: one.text, source, said_at: one.at.slice(0, 10) })}
            >
              {t("personas.quote_take")}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
