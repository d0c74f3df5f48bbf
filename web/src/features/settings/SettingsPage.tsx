import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../ui/Page.tsx";
import { PageTabs } from "../../ui/PageTabs.tsx";
import { type Permission, useMay } from "../session/queries.ts";

/** One subject of the settings, with the way to the others that the reader may see. */
export function SettingsPage({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Page title={title}>
      <PageTabs label={t("settings.title")}>
        <Link to="/settings" activeOptions={{ exact: true }}>
          {t("settings.account")}
        </Link>
        <Allowed to="/settings/team" needs="manage_team" words="settings.team" />
        <Allowed to="/settings/keys" needs="manage_team" words="settings.keys" />
        <Allowed to="/settings/appearance" needs="set_look" words="settings.appearance" />
        <Allowed to="/settings/privacy" needs="privacy" words="settings.privacy" />
      </PageTabs>
      {children}
    </Page>
  );
}

interface Allowing {
  to: "/settings/team" | "/settings/keys" | "/settings/appearance" | "/settings/privacy";
  needs: Permission;
  words: string;
}

function Allowed({ to, needs, words }: Allowing) {
  const { t } = useTranslation();
  return useMay(needs) ? <Link to={to}>{t(words)}</Link> : null;
}
