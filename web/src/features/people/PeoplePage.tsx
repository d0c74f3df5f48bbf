import { Button, CloseButton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/Empty.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { GreyTimeline } from "./GreyTimeline.tsx";
import { PeopleTabs } from "./PeopleTabs.tsx";
import styles from "./people.module.css";
import { searchQuery } from "./queries.ts";

const route = getRouteApi("/shell/people");
const TYPING_MS = 200;

/** Finds people by the beginning of a name, an address, a number or an id. */
export function PeoplePage() {
  const { t } = useTranslation();
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const [words, setWords] = useState(q);
  const [settled] = useDebouncedValue(words.trim(), TYPING_MS);
  useEffect(() => {
    void navigate({ search: settled === "" ? {} : { q: settled }, replace: true });
  }, [settled, navigate]);
  return (
    <Page title={t("people.title")} lead={t("people.lead")}>
      <PeopleTabs />
      <TextInput
        role="searchbox"
        aria-label={t("people.search")}
        placeholder={t("people.search")}
        size="md"
        autoFocus
        value={words}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          words === "" ? null : (
            <CloseButton aria-label={t("people.clear")} onClick={() => setWords("")} />
          )
        }
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {settled === "" ? (
        <Empty
          picture={<GreyTimeline />}
          title={t("people.begin")}
          text={t("people.begin_text")}
        >
          <Button variant="default" renderRoot={(props) => <Link to="/explore/$analysis" params={{ analysis: "positions" }} search={{}} {...props} />}>
            {t("people.by_place")}
          </Button>
        </Empty>
      ) : (
        <FoundPeople words={settled} />
      )}
    </Page>
  );
}

function FoundPeople({ words }: { words: string }) {
  const { t } = useTranslation();
  const asked = useInfiniteQuery(searchQuery(words));
  const people = asked.data?.pages.flatMap((page) => page.persons) ?? [];
  return (
    <>
      <ProblemNote error={asked.error} />
      {asked.isPending && <Rows n={6} />}
      {asked.data !== undefined && people.length === 0 && (
        <Empty title={t("people.nobody", { words })} text={t("people.nobody_text")} />
      )}
      {people.length > 0 && (
        <ul className={styles.found}>
          {people.map((one) => (
            <li key={one.person}>
              <Link to="/people/$person" params={{ person: String(one.person) }}>
                <b>{one.name === "" ? one.value : one.name}</b>
                <span>{one.kind === "name" ? "" : `${kindWords(one.kind)} ${one.value}`}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <div>
          <Button variant="default" onClick={() => void asked.fetchNextPage()}>
            {t("people.more_people")}
          </Button>
        </div>
      )}
    </>
  );
}

const kindWords = (kind: string): string => kind.replaceAll("_", " ");
