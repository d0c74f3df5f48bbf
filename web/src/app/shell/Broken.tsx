import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { inWords } from "../../api/problem.ts";
import { Empty } from "../../ui/Empty.tsx";

/** A page that could not be drawn: what happened, and a way on. */
export function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <main>
      <Empty page title={t("shell.broken")} text={inWords(error)}>
        <Button onClick={() => window.location.reload()}>{t("shell.reload")}</Button>
      </Empty>
    </main>
  );
}
