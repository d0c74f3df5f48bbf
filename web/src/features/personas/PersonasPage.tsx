import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Share } from "@desireline/map-core";
import { useFormats } from "../../app/formats.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { PersonsDoor } from "../explore/PersonsDoor.tsx";
import type { Behind } from "../explore/asking.ts";
import { Persons } from "../explore/Persons.tsx";
import { PeopleTabs } from "../people/PeopleTabs.tsx";
import { useMay } from "../session/queries.ts";
import { GreyPersonas } from "./GreyPersonas.tsx";
import { Overlaps } from "./Overlaps.tsx";
import { Photo } from "./Photo.tsx";
import styles from "./personas.module.css";
import { type Figures, figuresQuery, isBound, type Persona, personasQuery, personsOf } from "./queries.ts";
import { ShareLine } from "./ShareLine.tsx";

const route = getRouteApi("/shell/personas");

/** All described types of customers, and how much of the base they describe. */
export function PersonasPage() {
  const { t } = useTranslation();
  const { before } = route.useSearch();
  const [behind, open] = useState<Behind | null>(null);
  const asked = useQuery(personasQuery);
  const may = useMay("edit_maps");
  const personas = asked.data ?? [];
  const figures = useQuery(figuresQuery(personas, before));
  const unbound = figures.data === null || !personas.some(isBound);
  return (
    <Page
      title={t("personas.title")}
      lead={t("personas.lead")}
      actions={
        may && personas.length > 0 ? (
          <Button renderRoot={(props) => <Link to="/personas/new" {...props} />}>{t("personas.new")}</Button>
        ) : undefined
      }
    >
      <PeopleTabs />
      <ProblemNote error={asked.error ?? figures.error} />
      {asked.isPending && <Rows n={3} height={120} />}
      {asked.data !== undefined && personas.length === 0 && (
        <Empty picture={<GreyPersonas />} title={t("personas.none")} text={t("personas.none_text")}>
          {may && (
            <Button renderRoot={(props) => <Link to="/personas/new" {...props} />}>{t("personas.new")}</Button>
          )}
        </Empty>
      )}
      {personas.length > 0 && (
        <>
          {figures.data && <Told figures={figures.data} personas={personas} open={open} />}
          {unbound && <p className={styles.soft}>{t("personas.unbound")}</p>}
          <Cards personas={personas} figures={figures.data ?? null} open={open} />
          {figures.data && <Since before={before} />}
          {figures.data && (
            <Overlaps
              figures={figures.data}
              names={new Map(personas.map((one) => [one.key, one.name]))}
              open={open}
            />
          )}
        </>
      )}
      <Persons behind={behind} close={() => open(null)} />
    </Page>
  );
}

interface TellingProps {
  figures: Figures;
  personas: Persona[];
  open: (behind: Behind) => void;
}

/** How many people the personas describe together, and the door to the others. */
function Told({ figures, personas, open }: TellingProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { nobody, persons } = figures;
  const range = formats.interval(nobody as Share);
  return (
    <p className={`${styles.told} num`} role="status">
      {t("personas.told", {
        personas: personas.length,
        described: formats.count(persons - nobody.count),
        n: formats.count(persons),
        count: persons,
      })}{" "}
      <PersonsDoor className={styles.door} open={() => open(personsOf(t("personas.nobody")))}>
        {t("personas.nobody_n", { n: formats.count(nobody.count), count: nobody.count })}
      </PersonsDoor>{" "}
      {t("personas.nobody_share", {
        share: formats.share(nobody.share),
        range: range === "" ? "" : `, ${range}`,
      })}
    </p>
  );
}

function Cards({ personas, figures, open }: { personas: Persona[]; figures: Figures | null; open: (behind: Behind) => void }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.cards}>
      {personas.map((one) => {
        const found = figures?.personas.find((p) => p.name === one.key);
        return (
          <li key={one.key} className={styles.card}>
            <div className={styles.who}>
              <Photo name={one.name} photo={one.photo} />
              <div>
                <h2>
                  <Link to="/personas/$key" params={{ key: one.key }} search={{}}>
                    {one.name}
                  </Link>
                </h2>
                <p className={styles.summary}>{one.summary || one.goals?.[0]}</p>
              </div>
            </div>
            {found === undefined ? (
              <p className={styles.soft}>{t("personas.no_rule")}</p>
            ) : (
              <ShareLine
                share={found.share}
                earlier={found.earlier}
                open={() => open(personsOf(one.name, one.key))}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** From which day on drift is told. */
function Since({ before }: { before?: string | undefined }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  return (
    <div className={styles.since}>
      <TextInput
        type="date"
        size="xs"
        label={t("personas.since")}
        value={before ?? ""}
        onChange={(event) => {
          const day = event.currentTarget.value;
          void navigate({ search: day === "" ? {} : { before: day }, replace: true });
        }}
      />
      <p className={styles.soft}>{t("personas.since_text")}</p>
    </div>
  );
}
