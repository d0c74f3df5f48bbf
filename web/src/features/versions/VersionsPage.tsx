import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { inWords } from "../../api/problem.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Page } from "../../ui/Page.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { mapsQuery, versionsQuery } from "../maps/pages/map_queries.ts";
import { Comparison } from "./Comparison.tsx";
import { GreyVersions } from "./GreyVersions.tsx";
import { History } from "./History.tsx";
import { sidesOf, usualOf } from "./sides.ts";
import { SidePicker } from "./SidePicker.tsx";
import styles from "./versions.module.css";

const route = getRouteApi("/shell/maps/$key/versions");

/** What a map was, is and is going to be: its history, and any two states of it compared. */
export function VersionsPage() {
  const { key } = route.useParams();
  const search = route.useSearch();
  const { t } = useTranslation();
  const { data: versions, error } = useQuery(versionsQuery(key));
  const { data: maps } = useQuery(mapsQuery);
  const map = maps?.find((one) => one.key === key);
  if (error !== null)
    return (
      <main>
        <Empty page title={t("maps.unopened")} text={inWords(error)}>
          <Link to="/maps">{t("maps.all")}</Link>
        </Empty>
      </main>
    );
  if (versions === undefined || maps === undefined)
    return (
      <Page title={t("versions.title")}>
        <Rows height={64} />
      </Page>
    );
  const sides = sidesOf(versions, map?.has_draft ?? false);
  const usual = search.other === undefined ? usualOf(sides, search) : null;
  const from = search.from ?? sides[0];
  const asked =
    search.other !== undefined && from !== undefined
      ? { from, to: search.to ?? null, other: search.other }
      : usual;
  return (
    <Page
      title={t("versions.title")}
      lead={t("versions.lead", { name: map?.name ?? key })}
      actions={
        map?.version !== null && (
          <Link to="/maps/$key" params={{ key }} className={styles.back ?? ""}>
            {t("versions.to_map")}
          </Link>
        )
      }
    >
      <div className={styles.page}>
        <History mapKey={key} versions={versions} draft={map?.has_draft === true ? map : null} />
        <section className={styles.compared} aria-label={t("versions.comparison")}>
          <SidePicker mapKey={key} sides={sides} maps={maps} asked={asked} />
          {asked === null ? (
            <Empty
              title={t("versions.one_only")}
              text={t("versions.one_only_text")}
              picture={<GreyVersions />}
            >
              <Button variant="default" renderRoot={(props) => <Link to="/maps/$key/edit" params={{ key }} {...props} />}>
                {t("versions.change")}
              </Button>
            </Empty>
          ) : (
            <Comparison mapKey={key} asked={asked} view={search.view ?? "side"} />
          )}
        </section>
      </div>
    </Page>
  );
}
