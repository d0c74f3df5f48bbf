import { Button, CopyButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./EmptyMap.module.css";
import { GreyMap } from "./GreyMap.tsx";

/** What stands here when there is no map: the finished thing in grey, one sentence, one way on. */
export function EmptyMap({ problem }: { problem?: string }) {
  const { t } = useTranslation();
  return (
    <main className={styles.page}>
      <GreyMap />
      <h1>{t(problem === undefined ? "empty.title" : "empty.problem_title")}</h1>
      <p>{problem === undefined ? t("empty.text") : t("empty.problem", { problem })}</p>
      <code>{t("empty.command")}</code>
      <CopyButton value={t("empty.command")} timeout={2000}>
        {({ copied, copy }) => (
          <Button onClick={copy} size="sm">
            {t(copied ? "empty.copied" : "empty.copy")}
          </Button>
        )}
      </CopyButton>
    </main>
  );
}
