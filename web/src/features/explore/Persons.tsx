import { Button, Drawer } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import type { Behind } from "./asking.ts";
import styles from "./explore.module.css";

/** The persons behind a figure, at the right; Escape leads back to where one was. */
export function Persons({ behind, close }: { behind: Behind | null; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={behind !== null}
      onClose={close}
      position="right"
      size={360}
      title={behind?.title ?? ""}
      closeButtonProps={{ "aria-label": t("explore.close") }}
      transitionProps={{ duration: 120 }}
    >
      {behind !== null && <Pages behind={behind} />}
    </Drawer>
  );
}

function Pages({ behind }: { behind: Behind }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const asked = useInfiniteQuery({
    queryKey: ["explore", "persons", behind.key],
    queryFn: ({ pageParam, signal }) => behind.page(pageParam, signal),
    initialPageParam: -1,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (asked.data === undefined)
    return asked.error === null ? <Rows n={8} height={28} /> : <ProblemNote error={asked.error} />;
  const n = asked.data.pages[0]?.n ?? 0;
  return (
    <>
      <p className={`${styles.soft} num`}>{t("explore.persons", { n: formats.count(n), count: n })}</p>
      <ul className={styles.persons}>
        {asked.data.pages.flatMap((page) =>
          page.persons.map((person) => (
            <li key={person}>
              <Link to="/people/$person" params={{ person: String(person) }}>
                {t("explore.person", { person })}
              </Link>
            </li>
          )),
        )}
      </ul>
      {asked.hasNextPage && (
        <Button
          variant="default"
          size="compact-sm"
          loading={asked.isFetchingNextPage}
          onClick={() => void asked.fetchNextPage()}
        >
          {t("explore.more")}
        </Button>
      )}
    </>
  );
}
