import { Button, CopyButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./EmptyMap.module.css";

const PLACES = [60, 180, 300, 420, 540];

/** What stands here when there is no map: the finished thing in grey, one sentence, one way on. */
export function EmptyMap({ problem }: { problem?: string }) {
  const { t } = useTranslation();
  return (
    <main className={styles.page}>
      <svg viewBox="0 0 600 180" className={styles.picture} aria-hidden>
        {PLACES.map((x) => (
          <rect key={x} x={x - 52} y={10} width={104} height={22} rx={4} className={styles.band} />
        ))}
        <path d="M60 100H540" className={styles.paved} />
        <path
          d="M60 96C120 96 120 60 180 60H300C360 60 360 96 420 96H540"
          className={styles.walked}
        />
        <path
          d="M300 104C350 104 350 140 300 140H190C140 140 140 104 180 104"
          className={styles.walkedThin}
        />
        <path d="M420 106C446 106 450 118 450 160" className={styles.walkedThin} />
        {PLACES.map((x) => (
          <rect key={x} x={x - 3} y={82} width={6} height={36} rx={2} className={styles.node} />
        ))}
      </svg>
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
