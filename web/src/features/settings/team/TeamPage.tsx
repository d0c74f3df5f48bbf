import { useTranslation } from "react-i18next";
import { Block } from "../Block.tsx";
import { SettingsPage } from "../SettingsPage.tsx";
import { Departments } from "./Departments.tsx";
import { Invitations } from "./Invitations.tsx";
import { Members } from "./Members.tsx";

/** Who works here, who is invited, and the parts of the company. */
export function TeamPage() {
  const { t } = useTranslation();
  return (
    <SettingsPage title={t("settings.title")}>
      <div>
        <Block title={t("settings.members")} text={t("settings.members_text")}>
          <Members />
        </Block>
        <Block title={t("settings.invitations")} text={t("settings.invitations_text")}>
          <Invitations />
        </Block>
        <Block title={t("settings.departments")} text={t("settings.departments_text")}>
          <Departments />
        </Block>
      </div>
    </SettingsPage>
  );
}
