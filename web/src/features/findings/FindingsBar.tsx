import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PageTabs } from "../../ui/PageTabs.tsx";
import { FINDINGS } from "./pages.ts";

/** The way from one finding of a map to the others, and back to the map. */
export function FindingsBar({ mapKey }: { mapKey: string }) {
  const { t } = useTranslation();
  return (
    <PageTabs label={t("findings.bar")}>
      {FINDINGS.map(({ to, word }) => (
        <Link key={to} to={to} params={{ key: mapKey }} activeOptions={{ exact: true }}>
          {t(word)}
        </Link>
      ))}
    </PageTabs>
  );
}
