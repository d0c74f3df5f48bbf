import { Button, CopyButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./first.module.css";

/** One way on: what it is, a sentence, and the command to copy. */
export function CommandCard({ name, lines }: { name: "import" | "send" | "demo"; lines: string[] }) {
  const { t } = useTranslation();
  const command = lines.join("\n");
  return (
    <section className={styles.card} aria-label={t(`welcome.${name}`)}>
      <h2>{t(`welcome.${name}`)}</h2>
      <p>{t(`welcome.${name}_text`)}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways */}
      <pre tabIndex={0} aria-label={t(`welcome.${name}`)} role="group">
        {command}
      </pre>
      <CopyButton value={command} timeout={2000}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-sm" onClick={copy}>
            {t(copied ? "welcome.copied" : "welcome.copy")}
          </Button>
        )}
      </CopyButton>
    </section>
  );
}
