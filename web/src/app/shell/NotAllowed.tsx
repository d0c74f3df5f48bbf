import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/Empty.tsx";

/** A page that the role of the one who is here does not open. */
export function NotAllowed() {
  const { t } = useTranslation();
  return (
    <main>
      <Empty page title={t("shell.not_allowed")} text={t("shell.not_allowed_text")}>
        <Link to="/">{t("shell.home")}</Link>
      </Empty>
    </main>
  );
}
