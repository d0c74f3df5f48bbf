import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { Empty } from "../../ui/Empty.tsx";
import type { Behind } from "../explore/asking.ts";
import { Persons } from "../explore/Persons.tsx";
import { spoken } from "../explore/saying.ts";
import { FindingsPage } from "../findings/FindingsPage.tsx";
import { mapQuery } from "../findings/map_query.ts";
import { useArrival } from "../findings/use_arrival.ts";
import { useMay } from "../session/queries.ts";
import { Known } from "./Known.tsx";
import styles from "./pains.module.css";
import { Pains } from "./Pains.tsx";
import { painsQuery, quotesQuery } from "./queries.ts";
import { Undecided } from "./Undecided.tsx";

const route = getRouteApi("/shell/maps/$key/pains");

/** Where it hurts: what, where, whom, what it costs, and what those say whom it meets. */
export function PainsPage() {
  const { key } = route.useParams();
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error } = useQuery(painsQuery(key));
  const map = useQuery(mapQuery(key));
  useArrival(data !== undefined && map.data !== undefined);
  const quotes = useQuery({ ...quotesQuery(key), enabled: useMay("read_persons") });
  const [persons, open] = useState<Behind | null>(null);
  return (
    <>
      <FindingsPage
        mapKey={key}
        title={t("pains.title")}
        lead={(name) => t("pains.lead", { name })}
        error={error}
      >
        {(document) =>
          data !== undefined && (
            <>
              <p className={`${styles.said} num`} role="status">
                {data.words.slice(0, 1).map((one) => spoken(t, formats, one))}
                {!data.result.outcome_known && ` ${t("answers.pains_no_outcome")}`}
              </p>
              {data.result.cases === 0 ? (
                <Empty title={t("pains.nobody")} text={t("pains.nobody_text")} />
              ) : (
                <Pains map={document} found={data.result} quotes={quotes.data ?? []} open={open} />
              )}
              <Undecided pains={data.result.undecided} harmless={data.result.harmless} />
              <Known found={data.result} />
            </>
          )
        }
      </FindingsPage>
      <Persons behind={persons} close={() => open(null)} />
    </>
  );
}
