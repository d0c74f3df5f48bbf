import { Checkbox } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import styles from "./discussion.module.css";
import { changeTask, type Task, useSaying } from "./queries.ts";
import { isLate, type Named } from "./speaking.ts";

interface Props {
  task: Task;
  members: Named[];
  may: boolean;
  /** Where it is to be done, on a page of many maps. */
  where?: ReactNode;
}

/** A task: what, by whom, until when; a tick says that it is done. */
export function TaskRow({ task, members, may, where }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const change = useSaying(changeTask);
  const [now] = useState(() => Date.now());
  const late = isLate(task, now);
  const who = members.find(({ id }) => String(id) === task.assignee)?.name;
  return (
    <li className={styles.task} data-done={task.done_at !== null || undefined}>
      <Checkbox
        size="xs"
        label={task.text}
        checked={change.isPending ? change.variables.done === true : task.done_at !== null}
        disabled={!may || change.isPending}
        onChange={(event) => change.mutate({ id: task.id, done: event.currentTarget.checked })}
      />
      <p>
        {where}
        {task.assignee !== "" && <span>{who ?? t("talk.somebody")}</span>}
        {task.due_at !== null && (
          <time
            className="num"
            dateTime={task.due_at}
            data-late={late || undefined}
            data-tip={formats.moment(task.due_at)}
          >
            {t(late ? "talk.was_due" : "talk.due", { day: formats.period(task.due_at, task.due_at) })}
          </time>
        )}
        {task.done_at !== null && <span>{t("talk.done_by", { name: task.done_by })}</span>}
      </p>
      <ProblemNote error={change.error} />
    </li>
  );
}
