import { useTranslation } from "react-i18next";
import { useMay } from "../../session/queries.ts";
import { Block } from "../Block.tsx";
import { SettingsPage } from "../SettingsPage.tsx";
import { Audit } from "./Audit.tsx";
import { Retention } from "./Retention.tsx";

/** For how long what is kept, and what people with access did. */
export function PrivacyPage() {
  const { t } = useTranslation();
  const audits = useMay("audit");
  return (
    <SettingsPage title={t("settings.title")}>
      <div>
        <Block title={t("settings.retention")} text={t("settings.retention_text")}>
          <Retention />
        </Block>
        {audits && (
          <Block title={t("settings.audit")} text={t("settings.audit_text")}>
            <Audit />
          </Block>
        )}
      </div>
    </SettingsPage>
  );
}
