import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../../../ui/Page.tsx";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { FirstMap } from "../first/FirstMap.tsx";
import { MapSkeleton } from "./MapSkeleton.tsx";
import { mapsQuery } from "./map_queries.ts";

/** The way in: the map that was published last; before there is one, how to get it. */
export function HomePage() {
  const { t } = useTranslation();
  const { data: maps, error } = useQuery(mapsQuery);
  if (error !== null)
    return (
      <Page title={t("maps.title")}>
        <ProblemNote error={error} />
      </Page>
    );
  if (maps === undefined) return <MapSkeleton />;
  const published = maps.find((map) => map.version !== null);
  if (published === undefined) return <FirstMap />;
  return <Navigate to="/maps/$key" params={{ key: published.key }} replace />;
}
