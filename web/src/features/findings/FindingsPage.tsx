import type { JourneyMap } from "@desireline/map-core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "../../api/problem.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Page } from "../../ui/Page.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { FindingsBar } from "./FindingsBar.tsx";
import { mapQuery } from "./map_query.ts";

interface Props {
  mapKey: string;
  title: string;
  /** A sentence about the page, by the name of the map. */
  lead: (name: string) => string;
  /** Why what the page asks for cannot be had. */
  error: Error | null;
  /** What one can do here. */
  actions?: ReactNode;
  /** It may be as wide as the window. */
  wide?: boolean;
  /** What the page shows of the map; null as long as the answer is not here. */
  children: (map: JourneyMap) => ReactNode;
}

/** A page about what the log says of one map: its heading, the way to the others, what is found. */
export function FindingsPage({ mapKey, title, lead, error, actions, wide = false, children }: Props) {
  const { t } = useTranslation();
  const map = useQuery(mapQuery(mapKey));
  const wrong = map.error ?? error;
  if (wrong !== null)
    return (
      <main>
        <Empty page title={t("maps.unopened")} text={inWords(wrong)}>
          <Link to="/maps">{t("maps.all")}</Link>
        </Empty>
      </main>
    );
  return (
    <Page
      title={title}
      wide={wide}
      {...(map.data === undefined ? {} : { lead: lead(map.data.name) })}
      {...(actions === undefined ? {} : { actions })}
    >
      <FindingsBar mapKey={mapKey} />
      {(map.data !== undefined && children(map.data)) || <Rows n={8} height={44} />}
    </Page>
  );
}
