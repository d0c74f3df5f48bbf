import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../../api/client.ts";
import { useFormats } from "../../../../app/formats.ts";
import { ProblemNote } from "../../../../ui/ProblemNote.tsx";
import { membersQuery } from "../../../settings/team/queries.ts";
import styles from "../../start.module.css";
import { tasksQuery } from "../../tasks.ts";

/** Tasks of the map, and a new one: what, who, when. */
export function Tasks({ map }: { map: string }) {
  const { t } = useTranslation();
  const { data: tasks, error } = useQuery(tasksQuery(map));
  return (
    <section aria-labelledby="start-tasks" className={styles.group}>
      <h3 id="start-tasks">{t("start.tasks")}</h3>
      <p>{t("start.tasks_text")}</p>
      <ProblemNote error={error} />
      {(tasks?.length ?? 0) > 0 && <TaskList map={map} />}
      <NewTask map={map} />
    </section>
  );
}

/** What is to be done on a map, by whom, until when. */
export function TaskList({ map }: { map: string }) {
  const formats = useFormats();
  const { data: tasks } = useQuery(tasksQuery(map));
  const { data: members } = useQuery(membersQuery);
  const names = new Map(members?.map((one) => [String(one.id), one.name]));
  return (
    <ul className={styles.list}>
      {tasks?.map((task) => (
        <li key={task.id}>
          <span data-done={task.done_at === null ? undefined : ""}>{task.text}</span>
          <span className="num">
            {[names.get(task.assignee), task.due_at === null ? "" : formats.period(task.due_at, task.due_at)]
              .filter(Boolean)
              .join(", ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

function NewTask({ map }: { map: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: members } = useQuery(membersQuery);
  const [text, setText] = useState("");
  const [assignee, setAssignee] = useState("");
  const [due, setDue] = useState("");
  const add = useMutation({
    mutationFn: () =>
      told(
        api.POST("/v1/maps/{key}/tasks", {
          params: { path: { key: map } },
          body: { text: text.trim(), stage: "", touchpoint: "", assignee, due: due === "" ? null : due },
        }),
      ),
    onSuccess: () => setText(""),
    onSettled: () => client.invalidateQueries({ queryKey: ["tasks"] }),
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form className={styles.line} onSubmit={go}>
      <TextInput
        label={t("start.what")}
        value={text}
        maxLength={500}
        className={styles.wide ?? ""}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {(members?.length ?? 0) > 0 && (
        <NativeSelect
          label={t("start.who_does")}
          value={assignee}
          data={[
            { value: "", label: t("start.nobody_yet") },
            ...(members ?? []).map((one) => ({ value: String(one.id), label: one.name })),
          ]}
          onChange={(event) => setAssignee(event.currentTarget.value)}
        />
      )}
      <TextInput
        type="date"
        label={t("start.when")}
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={add.isPending} disabled={text.trim() === ""}>
        {t("start.add")}
      </Button>
      <ProblemNote error={add.error} />
    </form>
  );
}
