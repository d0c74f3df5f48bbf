import { Button, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { useMember } from "../../session/queries.ts";
import { membersQuery } from "../../settings/team/queries.ts";
import styles from "./discussion.module.css";
import { assignTo, type Place, tasksQuery, useSaying } from "./queries.ts";
import { type Named, taskIsAt } from "./speaking.ts";
import { TaskRow } from "./TaskRow.tsx";

interface Props {
  map: string;
  place: Place;
  may: boolean;
}

/** What somebody shall do at a stage or touchpoint, or about the map; what is done last. */
export function TasksAt({ map, place, may }: Props) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const { data, error } = useQuery(tasksQuery(map));
  const { data: members = [] } = useQuery(membersQuery);
  const here = (data ?? []).filter((task) => taskIsAt(task, place));
  const tasks = [
    ...here.filter((task) => task.done_at === null),
    ...here.filter((task) => task.done_at !== null),
  ];
  return (
    <section aria-label={t("talk.tasks")}>
      <h3>
        {t("talk.tasks")}
        {may && !adding && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconPlus size={13} stroke={1.8} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t("talk.task_new")}
          </Button>
        )}
      </h3>
      <ProblemNote error={error} />
      {tasks.length > 0 && (
        <ul className={styles.tasks}>
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} members={members} may={may} />
          ))}
        </ul>
      )}
      {adding && (
        <NewTask map={map} place={place} members={members} close={() => setAdding(false)} />
      )}
    </section>
  );
}

interface NewProps {
  map: string;
  place: Place;
  members: Named[];
  close: () => void;
}

function NewTask({ map, place, members, close }: NewProps) {
  const { t } = useTranslation();
  const member = useMember();
  const [text, setText] = useState("");
  const [assignee, setAssignee] = useState(member === null ? "" : String(member.id));
  const [due, setDue] = useState("");
  const assign = useSaying(assignTo(map));
  const go = (event: FormEvent): void => {
    event.preventDefault();
    const { stage, touchpoint } = place;
    const body = { text: text.trim(), stage, touchpoint, assignee, due: due === "" ? null : due };
    assign.mutate(body, { onSuccess: close });
  };
  return (
    <form className={styles.newTask} onSubmit={go}>
      <TextInput
        size="xs"
        autoFocus
        required
        maxLength={5000}
        label={t("talk.task")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <Select
          size="xs"
          label={t("talk.assignee")}
          placeholder={t("talk.nobody")}
          clearable
          clearButtonProps={{ "aria-label": t("talk.nobody") }}
          searchable
          data={members.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={assignee === "" ? null : assignee}
          onChange={(picked) => setAssignee(picked ?? "")}
        />
        <TextInput
          size="xs"
          type="date"
          label={t("talk.until")}
          value={due}
          onChange={(event) => setDue(event.currentTarget.value)}
        />
      </div>
      <ProblemNote error={assign.error} />
      <div>
        <Button type="submit" size="compact-sm" loading={assign.isPending} disabled={text.trim() === ""}>
          {t("talk.assign")}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={close}>
          {t("talk.cancel")}
        </Button>
      </div>
    </form>
  );
}
