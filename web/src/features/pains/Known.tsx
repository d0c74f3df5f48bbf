import { useTranslation } from "react-i18next";
import type { Shapes } from "../../api/client.ts";
import { useFormats } from "../../app/formats.ts";
import styles from "./pains.module.css";

/** How it is known, for those who ask. */
export function Known({ found }: { found: Shapes["PainsResult"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <details className={styles.more}>
      <summary>{t("pains.known")}</summary>
      <ul className="num">
        <li>{t("pains.known_like")}</li>
        <li>{t("pains.known_parted")}</li>
        <li>{t("pains.known_end", { time: formats.duration(found.horizon_seconds) })}</li>
        <li>{t("pains.known_exit")}</li>
        <li>
          {t("pains.known_chance", { n: formats.count(found.judged), count: found.judged })}
        </li>
        <li>{t("answers.pains_caveat")}</li>
      </ul>
    </details>
  );
}
