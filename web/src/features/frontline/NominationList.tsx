import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import styles from "./frontline.module.css";
import { NominationRow } from "./NominationRow.tsx";
import { SHOWN, type Shown } from "./place.ts";
import { nominationsQuery } from "./queries.ts";

interface Props {
  show: Shown;
  choose: (show: Shown) => void;
}

/** What was nominated, and what became of it. */
export function NominationList({ show, choose }: Props) {
  const { t } = useTranslation();
  const { data, error } = useQuery(nominationsQuery(show));
  return (
    <section className={styles.list} aria-labelledby="nominated">
      <div className={styles.head}>
        <h2 id="nominated">{t("frontline.nominated")}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t("frontline.shown")}
          value={show}
          data={SHOWN.map((value) => ({ value, label: t(`frontline.${value}`) }))}
          onChange={(value) => choose(value as Shown)}
        />
      </div>
      <ProblemNote error={error} />
      {data === undefined && error === null && <Rows n={3} height={72} />}
      {data?.length === 0 && <p className={styles.soft}>{t(`frontline.no_${show}`)}</p>}
      <ul>
        {data?.map((one) => (
          <NominationRow key={one.id} nomination={one} />
        ))}
      </ul>
    </section>
  );
}
