import type { Evidence } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import styles from "./marks.module.css";

export const EVIDENCE: Evidence[] = ["observed", "reported", "declared", "hypothesis", "stale"];

function shape(evidence: Evidence) {
  switch (evidence) {
    case "observed":
      return <circle cx="6" cy="6" r="4.5" fill="currentColor" />;
    case "reported":
      return (
        <>
          <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" />
          <path d="M6 2a4 4 0 0 0 0 8z" fill="currentColor" />
        </>
      );
    case "declared":
      return <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.25" />;
    case "hypothesis":
      return (
        <circle
          cx="6"
          cy="6"
          r="4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="1.2 1.95"
        />
      );
    case "stale":
      return (
        <path
          d="M2.5 1.5h7M2.5 10.5h7M3.5 1.5c0 3 5 6 5 9M8.5 1.5c0 3-5 6-5 9"
          fill="none"
          stroke="currentColor"
        />
      );
  }
}

/** Where a cell's content comes from, as one small mark with its words in a tooltip. */
export function EvidenceMark({ evidence, n }: { evidence: Evidence; n?: number | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const from = n ? `, ${t("evidence.from", { n: formats.count(n), count: n })}` : "";
  const words = `${t(`evidence.${evidence}`)}${from}`;
  return (
    <span className={styles.mark} data-tip={`${words}. ${t(`evidence.${evidence}_means`)}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" role="img" aria-label={words}>
        {shape(evidence)}
      </svg>
    </span>
  );
}

/** All marks with their names. */
export function EvidenceLegend() {
  const { t } = useTranslation();
  return (
    <ul className={styles.legend}>
      {EVIDENCE.map((evidence) => (
        <li key={evidence} data-tip={t(`evidence.${evidence}_means`)}>
          <EvidenceMark evidence={evidence} />
          {t(`evidence.${evidence}`)}
        </li>
      ))}
    </ul>
  );
}
