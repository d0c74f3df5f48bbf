import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { spoken } from "../explore/saying.ts";
import styles from "./pains.module.css";
import type { Pain } from "./queries.ts";

const SHOWN = 8;

/** What cannot be told yet, with what is still needed; and how much was found to be harmless. */
export function Undecided({ pains, harmless }: { pains: Pain[]; harmless: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (pains.length === 0 && harmless === 0) return null;
  return (
    <details className={styles.more}>
      <summary>{t("pains.undecided", { n: formats.count(pains.length), count: pains.length })}</summary>
      {harmless > 0 && (
        <p className={`${styles.soft} num`}>
          {t("pains.harmless", { n: formats.count(harmless), count: harmless })}
        </p>
      )}
      <ul>
        {pains.slice(0, SHOWN).map((one) => (
          <li key={`${one.signal} ${one.touchpoint}`}>
            <p className={styles.what}>
              <span className={styles.signal}>{t(`pains.signal_${one.signal}`)}</span>
              <b>{one.name}</b>
            </p>
            <p className={`${styles.soft} num`}>
              {one.words.map((message) => spoken(t, formats, message)).join(" ")}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
