import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { mapsQuery } from "../maps/pages/map_queries.ts";
import styles from "./personas.module.css";

/** The maps as these people walk them. */
export function MapsOf({ persona }: { persona: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(mapsQuery);
  const maps = data?.filter((map) => map.version !== null) ?? [];
  if (maps.length === 0) return null;
  return (
    <section>
      <h2>{t("personas.their_maps")}</h2>
      <ul className={styles.links}>
        {maps.slice(0, 8).map((map) => (
          <li key={map.key}>
            <Link to="/maps/$key" params={{ key: map.key }} search={{ persona }}>
              {map.name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
