import { Button, CloseButton, TextInput } from "@mantine/core";
import { IconArrowsDiff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { type Group, kept } from "../view.ts";
import { PatternField } from "./PatternField.tsx";

/** Two groups side by side; without a second one it is everybody else. */
export function CompareBar() {
  const { t } = useTranslation();
  const { view, change } = useExplored();
  const [open, setOpen] = useState(view.a !== undefined);
  if (!open)
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        className={styles.compare ?? ""}
        leftSection={<IconArrowsDiff size={15} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t("explore.compare")}
      </Button>
    );
  return (
    <fieldset className={styles.groups}>
      <legend>{t("explore.compare")}</legend>
      <CloseButton
        size="sm"
        aria-label={t("explore.compare_not")}
        onClick={() => {
          setOpen(false);
          change({ a: undefined, b: undefined });
        }}
      />
      <GroupFields title={t("explore.group_a")} group={view.a ?? {}} change={(a) => change({ a })} />
      <GroupFields
        title={t("explore.group_b")}
        note={t("explore.group_others")}
        group={view.b ?? {}}
        change={(b) => change({ b })}
      />
    </fieldset>
  );
}

interface Props {
  title: string;
  note?: string;
  group: Group;
  change: (group: Group | undefined) => void;
}

function GroupFields({ title, note, group, change }: Props) {
  const { t } = useTranslation();
  const say = (said: { [K in keyof Group]?: Group[K] | undefined }): void => {
    const next = kept<Group>({ ...group, ...said } as Group);
    change(Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <div className={styles.group} role="group" aria-label={title}>
      <p>
        <b>{title}</b>
        {note !== undefined && Object.keys(group).length === 0 && <span>{note}</span>}
      </p>
      <div className={styles.wide}>
        <PatternField
          label={t("explore.group_segment")}
          placeholder={t("explore.segment_example")}
          value={group.segment ?? ""}
          onChange={(text) => say({ segment: text || undefined })}
        />
      </div>
      <PatternField
        field="channel"
        label={t("explore.channel")}
        placeholder={t("explore.any_channel")}
        value={group.channel ?? ""}
        onChange={(text) => say({ channel: text || undefined })}
      />
      <TextInput
        type="date"
        size="xs"
        label={t("explore.from")}
        value={group.from ?? ""}
        onChange={(event) => say({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        size="xs"
        label={t("explore.to")}
        value={group.to ?? ""}
        onChange={(event) => say({ to: event.currentTarget.value || undefined })}
      />
    </div>
  );
}
