import { getRouteApi, Link } from "@tanstack/react-router";
import { IconFileImport, IconLayoutBoardSplit, IconPencil, IconRoute } from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../ui/Page.tsx";
import { BEGINNINGS, type Beginning } from "./beginnings.ts";
import { FromFile } from "./FromFile.tsx";
import { FromLog } from "./FromLog.tsx";
import { FromNothing } from "./FromNothing.tsx";
import { FromTemplate } from "./FromTemplate.tsx";
import styles from "./newmap.module.css";

const route = getRouteApi("/shell/maps/new");

const PARTS: Record<Beginning, ComponentType> = {
  log: FromLog,
  template: FromTemplate,
  file: FromFile,
  nothing: FromNothing,
};
const ICONS = {
  log: IconRoute,
  template: IconLayoutBoardSplit,
  file: IconFileImport,
  nothing: IconPencil,
};

/** Four ways to a new map. */
export function NewMapPage() {
  const { t } = useTranslation();
  const { from = "log" } = route.useSearch();
  const Part = PARTS[from];
  return (
    <Page title={t("newmap.title")} lead={t("newmap.lead")}>
      <nav className={styles.ways} aria-label={t("newmap.ways")}>
        {BEGINNINGS.map((one) => {
          const Icon = ICONS[one];
          return (
            <Link
              key={one}
              to="/maps/new"
              search={{ from: one }}
              replace
              className={styles.way}
              aria-current={one === from ? "true" : undefined}
            >
              <Icon size={20} stroke={1.6} aria-hidden />
              <b>{t(`newmap.${one}`)}</b>
              <span>{t(`newmap.${one}_text`)}</span>
            </Link>
          );
        })}
      </nav>
      <section aria-label={t(`newmap.${from}`)} className={styles.part}>
        <Part />
      </section>
    </Page>
  );
}
