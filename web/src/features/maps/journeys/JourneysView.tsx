import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./journeys.module.css";
import { VariantRow } from "./VariantRow.tsx";

const FIRST = 15;

/** The most frequent journeys as strips, and how much of all they cover. */
export function JourneysView() {
  const { file, formats } = useMap();
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const { top, total } = file.figures.variants;
  if (top.length === 0) return <p className={styles.none}>{t("journeys.none")}</p>;
  const shown = all ? top : top.slice(0, FIRST);
  const coverage = shown.reduce((sum, variant) => sum + variant.share, 0);
  const most = Math.max(...top.map((variant) => variant.count));
  return (
    <section className={styles.view} aria-label={t("view.journeys")}>
      <p className={`${styles.lead} num`}>
        {t("journeys.lead", {
          shown: formats.count(shown.length),
          total: formats.count(total),
          coverage: formats.share(coverage),
          n: formats.count(file.figures.source.journeys),
        })}
      </p>
      <ol className={styles.variants}>
        {shown.map((variant, at) => (
          <VariantRow
            key={variant.keys.join(">")}
            variant={variant}
            at={at}
            most={most}
            sofar={top.slice(0, at + 1).reduce((sum, { share }) => sum + share, 0)}
          />
        ))}
      </ol>
      {!all && top.length > FIRST && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t("panel.more", { n: formats.count(top.length - FIRST), count: top.length - FIRST })}
        </button>
      )}
    </section>
  );
}
