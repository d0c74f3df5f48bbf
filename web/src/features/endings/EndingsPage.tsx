import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/Empty.tsx";
import type { Behind } from "../explore/asking.ts";
import { Persons } from "../explore/Persons.tsx";
import { FindingsPage } from "../findings/FindingsPage.tsx";
import { mapQuery } from "../findings/map_query.ts";
import { useArrival } from "../findings/use_arrival.ts";
import { Curves } from "./Curves.tsx";
import { Drivers } from "./Drivers.tsx";
import { behind, endingsQuery } from "./queries.ts";
import { Reasons } from "./Reasons.tsx";
import { States } from "./States.tsx";

const route = getRouteApi("/shell/maps/$key/endings");

/** Why they leave, what comes next and when, and who can still be won back. */
export function EndingsPage() {
  const { key } = route.useParams();
  const { t } = useTranslation();
  const { data, error } = useQuery(endingsQuery(key));
  const [persons, open] = useState<Behind | null>(null);
  const drawn = useQuery(mapQuery(key));
  useArrival(data !== undefined && drawn.data !== undefined);
  return (
    <>
      <FindingsPage
        mapKey={key}
        title={t("endings.title")}
        lead={(name) => t("endings.lead", { name })}
        error={error}
      >
        {(map) =>
          data !== undefined &&
          (data.result.journeys === 0 ? (
            <Empty title={t("endings.nobody")} text={t("endings.nobody_text")} />
          ) : (
            <>
              <Reasons
                map={map}
                found={data.result}
                words={data.words}
                open={(reason, title) => open(behind(key, data.result, { reason }, title))}
              />
              <States
                found={data.result}
                open={(state, title) => open(behind(key, data.result, { state }, title))}
              />
              <Curves map={map} found={data.result} />
              <Drivers map={map} found={data.result} />
            </>
          ))
        }
      </FindingsPage>
      <Persons behind={persons} close={() => open(null)} />
    </>
  );
}
