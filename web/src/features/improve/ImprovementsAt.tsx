import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { idOf } from "./board.ts";
import { EffectLine } from "./EffectLine.tsx";
import styles from "./improve.module.css";
import { doneAtQuery } from "./queries.ts";

/** What is being done about a touchpoint, and what it has changed; nothing where nothing is. */
export function ImprovementsAt({ map, touchpoint }: { map: string; touchpoint: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(doneAtQuery(map, touchpoint));
  const live = (data ?? []).filter((one) => one.state !== "dropped");
  if (live.length === 0) return null;
  return (
    <section className={styles.at} aria-label={t("improve.what_is_done")}>
      <h3>{t("improve.what_is_done")}</h3>
      <ul className={styles.plain}>
        {live.map((one) => (
          <li key={one.id}>
            <Link to="/maps/$key/improvements" params={{ key: map }} search={{ card: idOf("improvement", one.id) }}>
              {one.title}
            </Link>
            {one.deployed_at === null ? (
              <p className={styles.facts}>{t(`improve.column_${one.state}`)}</p>
            ) : (
              <EffectLine number={one.id} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
