import { Button, CopyButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { snippet } from "./snippet.ts";
import styles from "./sources.module.css";

/** The lines to paste into a website, with the key that was just made inside. */
export function Snippet({ address, secret }: { address: string; secret: string }) {
  const { t } = useTranslation();
  const text = snippet(address, secret === "" ? "wk_..." : secret);
  return (
    <section className={styles.part} aria-labelledby="sources-snippet">
      <h2 id="sources-snippet">{t("sources.snippet")}</h2>
      <p className={styles.lead}>{t(secret === "" ? "sources.snippet_text" : "sources.snippet_key")}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways */}
      <pre tabIndex={0} role="group" aria-labelledby="sources-snippet" className={styles.code}>
        {text}
      </pre>
      <CopyButton value={text} timeout={2000}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-sm" onClick={copy}>
            {t(copied ? "welcome.copied" : "welcome.copy")}
          </Button>
        )}
      </CopyButton>
    </section>
  );
}
