import { useTranslation } from "react-i18next";
import { SettingsPage } from "../SettingsPage.tsx";
import { Colours } from "./Colours.tsx";
import { Picture } from "./Picture.tsx";

/** The workspace's own name, colour and pictures. */
export function LookPage() {
  const { t } = useTranslation();
  return (
    <SettingsPage title={t("settings.title")}>
      <div>
        <Colours />
        <Picture what="logo" />
        <Picture what="favicon" />
      </div>
    </SettingsPage>
  );
}
