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
import styles from "./conformance.module.css";
import { Deviations } from "./Deviations.tsx";
import { Lines } from "./Lines.tsx";
import { conformanceQuery } from "./queries.ts";

const route = getRouteApi("/shell/maps/$key/desire-lines");

/** The paved way and the desire lines: how journeys follow the map, where they leave it, its cost. */
export function ConformancePage() {
  const { key } = route.useParams();
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error } = useQuery(conformanceQuery(key));
  const [persons, open] = useState<Behind | null>(null);
  return (
    <>
      <FindingsPage
        mapKey={key}
        title={t("conformance.title")}
        lead={(name) => t("conformance.lead", { name })}
        error={error}
      >
        {(map) =>
          data !== undefined && (
            <>
              <p className={`${styles.said} num`} role="status">
                {data.words.slice(0, 1).map((one) => spoken(t, formats, one))}
              </p>
              {data.result.cases === 0 ? (
                <Empty title={t("conformance.nobody")} text={t("conformance.nobody_text")} />
              ) : (
                <>
                  <Lines map={map} found={data.result} />
                  <Deviations mapKey={key} map={map} found={data.result} open={open} />
                </>
              )}
            </>
          )
        }
      </FindingsPage>
      <Persons behind={persons} close={() => open(null)} />
    </>
  );
}
