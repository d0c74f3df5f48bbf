import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PageTabs } from "../../ui/PageTabs.tsx";
import { useMay } from "../session/queries.ts";

/** People one by one, and the types that they are described as. */
export function PeopleTabs() {
  const { t } = useTranslation();
  const seesPersons = useMay("read_persons");
  const current = { "aria-current": "page" } as const;
  return (
    <PageTabs label={t("people.views")}>
      {seesPersons && (
        <Link to="/people" search={{}} activeOptions={{ exact: true, includeSearch: false }} activeProps={current}>
          {t("people.persons")}
        </Link>
      )}
      <Link to="/personas" search={{}} activeOptions={{ includeSearch: false }} activeProps={current}>
        {t("people.personas")}
      </Link>
    </PageTabs>
  );
}
