import { Button, Select } from "@mantine/core";
import type { JourneyMap } from "@desireline/map-core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Rows } from "../../ui/Rows.tsx";
import type { Behind } from "../explore/asking.ts";
import { Persons } from "../explore/Persons.tsx";
import { spoken } from "../explore/saying.ts";
import { FindingsPage } from "../findings/FindingsPage.tsx";
import { mapQuery } from "../findings/map_query.ts";
import { useArrival } from "../findings/use_arrival.ts";
import { Beliefs } from "./Beliefs.tsx";
import { MomentRow } from "./MomentRow.tsx";
import styles from "./moments.module.css";
import { type Found, type Moment, momentsQuery, type Question, SMALLEST } from "./queries.ts";
import { partsOf, reachOf } from "./sorting.ts";

const route = getRouteApi("/shell/maps/$key/moments");
const SIZES = [2, 3, 5, 10];

/** Which touchpoints decide, which only seemed to, and which nobody had thought of. */
export function MomentsPage() {
  const { key } = route.useParams();
  const search = route.useSearch();
  const { t } = useTranslation();
  const map = useQuery(mapQuery(key));
  const { data, error } = useQuery(momentsQuery(map.data, key, search));
  const [persons, open] = useState<Behind | null>(null);
  useArrival(data !== undefined);
  return (
    <>
      <FindingsPage
        mapKey={key}
        title={t("moments.title")}
        lead={(name) => t("moments.lead", { name })}
        error={error}
      >
        {(document) => (
          <>
            <Asked map={document} />
            {data === undefined ? (
              <div role="status" aria-label={t("moments.computing")}>
                <p className={styles.soft}>{t("moments.computing")}</p>
                <Rows n={6} height={64} />
              </div>
            ) : (
              <Findings map={document} found={data.found} query={data.body} open={open} />
            )}
          </>
        )}
      </FindingsPage>
      <Persons behind={persons} close={() => open(null)} />
    </>
  );
}

/** What should follow, and how large an effect is of interest. */
function Asked({ map }: { map: JourneyMap }) {
  const { key } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = (part: { outcome?: string | undefined; smallest?: number | undefined }): void => {
    const { outcome, smallest } = { ...search, ...part };
    const whole = {
      ...(outcome === undefined ? {} : { outcome }),
      ...(smallest === undefined ? {} : { smallest }),
    };
    void navigate({ to: "/maps/$key/moments", params: { key }, search: whole, replace: true });
  };
  const points = map.stages.flatMap((stage) => stage.touchpoints);
  return (
    <div className={styles.asked}>
      <Select
        size="xs"
        clearable
        searchable
        label={t("moments.outcome")}
        placeholder={t("moments.outcome_of_map")}
        data={points.map((point) => ({ value: point.key, label: point.name }))}
        value={search.outcome ?? null}
        onChange={(to) => ask({ outcome: to ?? undefined })}
      />
      <Select
        size="xs"
        allowDeselect={false}
        label={t("moments.smallest")}
        data={SIZES.map((n) => ({ value: String(n), label: t("moments.points", { n: formats.count(n), count: n }) }))}
        value={String(search.smallest ?? SMALLEST)}
        onChange={(to) => ask({ smallest: Number(to) })}
      />
    </div>
  );
}

interface Props {
  map: JourneyMap;
  found: Found;
  query: Question;
  open: (persons: Behind) => void;
}

function Findings({ map, found, query, open }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { moments, agreement, compared } = found.result;
  const { nominated, surprises, others } = partsOf(moments);
  const reach = reachOf(moments);
  const row = (moment: Moment) => (
    <MomentRow key={moment.touchpoint} map={map} moment={moment} reach={reach} query={query} open={open} />
  );
  if (compared === 0)
    return (
      <Empty title={t("moments.nothing")} text={t("moments.nothing_text")}>
        <Button variant="default" renderRoot={(props) => <Link to="/maps/$key/edit" params={{ key: map.key }} {...props} />}>
          {t("moments.edit")}
        </Button>
      </Empty>
    );
  return (
    <>
      <p className={`${styles.said} num`} role="status">
        {found.words.slice(0, 1).map((one) => spoken(t, formats, one))}
      </p>
      <Beliefs moments={moments} reach={reach} agreement={agreement} />
      <Part title={t("moments.nominated")} note={t("moments.nominated_text")}>
        {nominated.length === 0 ? <li className={styles.soft}>{t("moments.none_nominated")}</li> : nominated.map(row)}
      </Part>
      {surprises.length > 0 && (
        <Part title={t("moments.surprises")} note={t("moments.surprises_text")}>
          {surprises.map(row)}
        </Part>
      )}
      <details className={styles.rest}>
        <summary>{t("moments.others", { n: formats.count(others.length), count: others.length })}</summary>
        <ul className={styles.list}>{others.map(row)}</ul>
      </details>
      <p className={`${styles.soft} num`}>{found.words.slice(-1).map((one) => spoken(t, formats, one))}</p>
    </>
  );
}

function Part({ title, note, children }: { title: string; note: string; children: React.ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      <p className={styles.soft}>{note}</p>
      <ul className={styles.list}>{children}</ul>
    </section>
  );
}
