import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { inWords } from "../../api/problem.ts";
import { Empty } from "../../ui/Empty.tsx";
import { GreyMap } from "../maps/GreyMap.tsx";
import { MapSkeleton } from "../maps/pages/MapSkeleton.tsx";
import { sessionQuery } from "../session/queries.ts";
import { Editor } from "./Editor.tsx";
import { draftQuery } from "./draft/door.ts";
import { EditorProvider } from "./draft/EditorProvider.tsx";

const route = getRouteApi("/shell/maps/$key/edit");

/** The draft of a map, to be changed. */
export function EditorPage() {
  const { key } = route.useParams();
  const { at } = route.useSearch();
  const { t } = useTranslation();
  const { data, error } = useQuery(draftQuery(key));
  // Before it is known who one is, what one may do is not known, and keys would be lost.
  const { isPending } = useQuery(sessionQuery);
  if (data !== undefined && !isPending)
    return (
      <EditorProvider key={key} mapKey={key} opened={data} at={at}>
        <Editor />
      </EditorProvider>
    );
  if (error === null) return <MapSkeleton />;
  return (
    <main>
      <Empty page title={t("maps.unopened")} text={inWords(error)} picture={<GreyMap />}>
        <Link to="/maps">{t("maps.all")}</Link>
      </Empty>
    </main>
  );
}
