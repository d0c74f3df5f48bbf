import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "../../api/problem.ts";
import { Empty } from "../../ui/Empty.tsx";
import { speaking } from "../../app/spoken/rooms.ts";
import { Page } from "../../ui/Page.tsx";
import { CaseButton } from "../cases/CaseButton.tsx";
import { About } from "./about/About.tsx";
import { nameOf } from "./about/name_of.ts";
import { Consents } from "./about/Consents.tsx";
import { Links } from "./links/Links.tsx";
import styles from "./people.module.css";
import { profileQuery } from "./queries.ts";
import { PersonMenu } from "./rights/PersonMenu.tsx";
import type { Filters } from "./timeline/filters.ts";
import { Timeline } from "./timeline/Timeline.tsx";

const loadWhy = speaking(["endings", "explore"], () => import("../endings/WhyEnded.tsx"));
const WhyEnded = lazy(async () => ({ default: (await loadWhy()).WhyEnded }));
const route = getRouteApi("/shell/people/$person");

/** A person from all sides: who it is, what happened, what she agreed to, why it is one person. */
export function PersonPage() {
  const { t } = useTranslation();
  const { person } = route.useParams();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data: profile, error } = useQuery(profileQuery(person));
  const change = useCallback(
    (part: Filters) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true }),
    [navigate],
  );
  if (error !== null)
    return (
      <main>
        <Empty page title={t("people.unknown")} text={inWords(error)}>
          <Link to="/people">{t("people.search_again")}</Link>
        </Empty>
      </main>
    );
  return (
    <Page
      title={profile === undefined ? t("people.person") : nameOf(profile)}
      actions={
        profile !== undefined && (
          <>
            <CaseButton person={person} />
            <PersonMenu person={person} name={nameOf(profile)} />
          </>
        )
      }
    >
      <div className={styles.person}>
        <div className={styles.way}>
          <Timeline
            person={person}
            filters={filters}
            channels={profile?.channels.map((one) => one.name) ?? []}
            types={profile?.types ?? []}
            change={change}
          />
        </div>
        <aside className={styles.aside} aria-label={t("people.about")}>
          {profile === undefined ? <Skeleton height={320} radius={6} /> : <About profile={profile} />}
          {profile !== undefined && (
            <Suspense>
              <WhyEnded person={profile.person} />
            </Suspense>
          )}
          <Consents person={person} />
          <Links person={person} />
        </aside>
      </div>
    </Page>
  );
}
