import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { inWords } from "../../api/problem.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Page } from "../../ui/Page.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { ImportBody } from "./ImportBody.tsx";
import { importQuery } from "./queries.ts";

const route = getRouteApi("/shell/data/$id");

/** One file: what it means, how far it is, what became of its rows. */
export function ImportPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { data: one, error } = useQuery(importQuery(Number(id)));
  if (error !== null)
    return (
      <main>
        <Empty page title={t("data.unknown")} text={inWords(error)}>
          <Link to="/data">{t("data.all")}</Link>
        </Empty>
      </main>
    );
  if (one === undefined)
    return (
      <Page title={t("data.title")}>
        <Rows />
      </Page>
    );
  return (
    <Page
      title={one.name === "" ? t("data.nameless", { id: one.id }) : one.name}
      lead={t(`data.says_${one.state}`)}
    >
      <ImportBody one={one} />
      {(one.report?.stored ?? 0) > 0 && (
        <p>
          <Link to="/maps">{t("data.to_maps")}</Link>
        </p>
      )}
    </Page>
  );
}
