import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { Rows } from "../../../ui/Rows.tsx";
import { useMay } from "../../session/queries.ts";
import { Glance } from "./Glance.tsx";
import { awayQuery } from "./map_queries.ts";
import styles from "./portfolio.module.css";
import { useTakeBack } from "./use_shelf.ts";

/** The maps that were put away, each with a way back. */
export function AwayList() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: maps } = useQuery(awayQuery);
  const takeBack = useTakeBack();
  const may = useMay("edit_maps");
  if (maps === undefined) return <Rows n={2} height={64} />;
  return (
    <section aria-label={t("maps.away_title")}>
      <p className={styles.lead}>{t("maps.away_lead")}</p>
      <ul className={styles.maps}>
        {maps.map((map) => (
          <li key={map.key} className={styles.map} data-map={map.key}>
            <Glance shape={map.shape} reach={null} />
            <div className={styles.what}>
              <b>{map.name}</b>
              <span className={styles.kind}>{t(`kind.${map.kind}`)}</span>
              <p>{map.goal}</p>
            </div>
            <p className={`${styles.figures} num`}>
              {map.archived_at !== null && t("maps.away_since", { when: agoNow(formats, map.archived_at) })}
            </p>
            {may && (
              <Button size="compact-sm" variant="default" onClick={() => takeBack.mutate(map)}>
                {t("maps.take_back")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
