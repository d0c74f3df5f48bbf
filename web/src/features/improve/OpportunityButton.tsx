import { UnstyledButton } from "@mantine/core";
import { IconBulb } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { JourneyMap } from "@desireline/map-core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../session/queries.ts";
import { idOf } from "./board.ts";
import styles from "./improve.module.css";
import type { Found } from "./OpportunityForm.tsx";
import { type NewOpportunity, opportunitiesQuery } from "./queries.ts";

const NoteDialog = lazy(async () => ({ default: (await import("./NoteDialog.tsx")).NoteDialog }));

interface Props {
  map: JourneyMap;
  /** Key of the touchpoint; empty where the finding is at none. */
  touchpoint: string;
  title: string;
  found_by: NewOpportunity["found_by"];
  /** What it is, so that remedies fit: a kind of deviation, the signal of a pain. */
  kind: string;
  /** What it is about beside the touchpoint: the type of an event. */
  name?: string;
}

/**
 * Makes an opportunity of a finding, or leads to the one that was made of it. For every page that
 * finds something; it loads its dialog when it is asked.
 */
export function OpportunityButton({ map, touchpoint, title, found_by, kind, name = touchpoint }: Props) {
  const { t } = useTranslation();
  const may = useMay("edit_maps");
  const [opened, setOpened] = useState<boolean | null>(null);
  const { data } = useQuery({ ...opportunitiesQuery(map.key), staleTime: 60_000 });
  const made = data?.find(
    (one) =>
      one.state !== "dropped" &&
      one.found_by === found_by &&
      one.found_in["kind"] === kind &&
      one.found_in["name"] === name,
  );
  if (made !== undefined)
    return (
      <Link
        to="/maps/$key/improvements"
        params={{ key: map.key }}
        search={{ card: idOf("opportunity", made.id) }}
        className={styles.make ?? ""}
      >
        <IconBulb size={14} aria-hidden />
        {t("improve.on_board")}
      </Link>
    );
  if (!may) return null;
  const found: Found = { touchpoint, title, found_by, found_in: { kind, name } };
  return (
    <>
      <UnstyledButton
        className={styles.make ?? ""}
        aria-label={t("improve.make_of", { title })}
        onClick={() => setOpened(true)}
      >
        <IconBulb size={14} aria-hidden />
        {t("improve.make")}
      </UnstyledButton>
      {opened !== null && (
        <Suspense>
          <NoteDialog map={map} found={found} opened={opened} close={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}
