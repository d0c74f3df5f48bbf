import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { useMay } from "../session/queries.ts";
import styles from "./data.module.css";
import { asideQuery } from "./queries.ts";

/** Rows that could not become events: how many, why, and the first of them whole. */
export function SetAside({ ident }: { ident: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay("import_data");
  const { data, error } = useQuery({ ...asideQuery(ident), enabled: may });
  return (
    <section aria-labelledby="aside">
      <h2 id="aside" className={styles.heading}>
        {t("data.set_aside")}
      </h2>
      <ProblemNote error={error} />
      <ul className={styles.reasons}>
        {Object.entries(data?.reasons ?? {}).map(([reason, n]) => (
          <li key={reason}>
            <b className="num">{formats.count(n)}</b> {reason}
          </li>
        ))}
      </ul>
      <ol className={styles.events}>
        {data?.rows.slice(0, 10).map((row) => (
          <li key={row.id}>
            <b>{row.reason}</b>
            <span className={styles.sample}>{JSON.stringify(row.event)}</span>
          </li>
        ))}
      </ol>
      {may && <a href={`/v1/imports/${ident}/set-aside.csv`}>{t("data.as_csv")}</a>}
    </section>
  );
}
