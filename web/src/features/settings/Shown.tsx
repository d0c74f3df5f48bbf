import { Button, CopyButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./settings.module.css";

/** A secret or a link that is shown this once, to be copied. */
export function Shown({ text, says }: { text: string; says: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.shown} role="status">
      <p>{says}</p>
      <code>{text}</code>
      <CopyButton value={text} timeout={2000}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-sm" onClick={copy}>
            {t(copied ? "settings.copied" : "settings.copy")}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
