import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../ui/Empty.tsx";
import { Page } from "../../../ui/Page.tsx";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { mapsQuery } from "../../maps/pages/map_queries.ts";
import { useMay, useMember } from "../../session/queries.ts";
import { membersQuery } from "../../settings/team/queries.ts";
import styles from "./discussion.module.css";
import { searchAt } from "./spoken.ts";
import { tasksOfQuery } from "./queries.ts";
import { TaskRow } from "./TaskRow.tsx";

/** What one has to do on all maps: what is due first, first. */
export function TasksPage() {
  const { t } = useTranslation();
  const member = useMember();
  const may = useMay("comment");
  const [whose, setWhose] = useState("mine");
  const [open, setOpen] = useState("open");
  const mine = whose === "mine" && member !== null;
  const { data: tasks, error } = useQuery(
    tasksOfQuery(mine ? String(member.id) : "", open === "open"),
  );
  const { data: members = [] } = useQuery(membersQuery);
  const { data: maps = [] } = useQuery(mapsQuery);
  const nameOf = (key: string): string => maps.find((map) => map.key === key)?.name ?? key;
  return (
    <Page
      title={t("tasks.title")}
      lead={t("tasks.lead")}
      actions={
        <>
          {member !== null && (
            <SegmentedControl
              size="xs"
              aria-label={t("tasks.whose")}
              value={whose}
              data={["mine", "all"].map((one) => ({ value: one, label: t(`tasks.${one}`) }))}
              onChange={setWhose}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label={t("tasks.which")}
            value={open}
            data={["open", "every"].map((one) => ({ value: one, label: t(`tasks.${one}`) }))}
            onChange={setOpen}
          />
        </>
      }
    >
      <ProblemNote error={error} />
      {tasks === undefined && error === null && <Rows n={4} />}
      {tasks?.length === 0 && (
        <Empty title={t("tasks.none")} text={t("tasks.none_text")} picture={<GreyTasks />}>
          <Button variant="default" renderRoot={(props) => <Link to="/maps" {...props} />}>
            {t("tasks.to_maps")}
          </Button>
        </Empty>
      )}
      {tasks !== undefined && tasks.length > 0 && (
        <ul className={`${styles.tasks} ${styles.page}`}>
          {tasks.map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              members={members}
              may={may}
              where={
                <Link to="/maps/$key/edit" params={{ key: task.map }} search={searchAt({ ...task, lane: "" })}>
                  {nameOf(task.map)}
                </Link>
              }
            />
          ))}
        </ul>
      )}
    </Page>
  );
}

/** Three rows in grey: what stands here once somebody has something to do. */
function GreyTasks() {
  return (
    <svg viewBox="0 0 260 96" width="260" height="96" aria-hidden fill="none" stroke="var(--dl-line-strong)">
      {[12, 44, 76].map((y, at) => (
        <g key={y}>
          <rect x="8" y={y - 7} width="14" height="14" rx="3" />
          <path d={`M34 ${y}h${at === 1 ? 150 : 190}`} strokeWidth="6" strokeLinecap="round" />
        </g>
      ))}
    </svg>
  );
}
