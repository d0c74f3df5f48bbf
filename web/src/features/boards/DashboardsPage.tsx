import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { agoNow, useFormats } from "../../app/formats.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Page } from "../../ui/Page.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { useMay } from "../session/queries.ts";
import styles from "./boards.module.css";
import { MakeBoard } from "./make/MakeBoard.tsx";
import { ReadyMade } from "./make/ReadyMade.tsx";
import { boardsQuery } from "./queries.ts";
import { TargetList } from "./targets/TargetList.tsx";

/** All dashboards, what one can begin from, and every target with where it stands. */
export function DashboardsPage() {
  const { t } = useTranslation();
  const { data, error } = useQuery(boardsQuery);
  const may = useMay("comment");
  const [making, setMaking] = useState(false);
  const boards = data?.dashboards ?? [];
  const isEmpty = data !== undefined && boards.length === 0;
  return (
    <Page
      title={t("boards.title")}
      lead={t("boards.lead")}
      actions={may && <Button size="compact-md" onClick={() => setMaking(true)}>{t("boards.make")}</Button>}
    >
      <ProblemNote error={error} />
      {data === undefined && error === null && <Rows n={3} height={64} />}
      {boards.length > 0 && <Boards />}
      {data !== undefined && may && <ReadyMade isEmpty={isEmpty} />}
      <TargetList />
      <MakeBoard opened={making} close={() => setMaking(false)} />
    </Page>
  );
}

function Boards() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data } = useQuery(boardsQuery);
  return (
    <ul className={styles.boards}>
      {data!.dashboards.map((one) => (
        <li key={one.id}>
          <Link to="/dashboards/$number" params={{ number: String(one.id) }} search={{}}>
            <b>{one.name}</b>
            {one.description !== "" && <span>{one.description}</span>}
            <small className="num" title={formats.moment(one.changed_at)}>
              {t("boards.tiles", { count: one.tiles })} · {t("boards.changed", { ago: agoNow(formats, one.changed_at) })}
            </small>
          </Link>
        </li>
      ))}
    </ul>
  );
}
