import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/Empty.tsx";

/** An address that is no page. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <main>
      <Empty page title={t("shell.nowhere")} text={t("shell.nowhere_text")}>
        <Link to="/">{t("shell.home")}</Link>
      </Empty>
    </main>
  );
}
