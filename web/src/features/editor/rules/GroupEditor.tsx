import { Button, NativeSelect } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { blank, eventsIn, type Group, type Join, type Part } from "./form.ts";
import { LeafEditor } from "./LeafEditor.tsx";
import styles from "./rules.module.css";

interface Props {
  group: Group;
  onChange: (group: Group) => void;
  /** The events that the whole rule names: whose properties one may ask for. */
  events?: string[];
  /** A group within the first one, which holds no further groups. */
  inner?: boolean;
}

const JOINS: Join[] = ["all", "any", "none"];

/** Conditions that hold together, and groups of them. */
export function GroupEditor({ group, onChange, events = eventsIn(group), inner = false }: Props) {
  const { t } = useTranslation();
  const { join, parts } = group;
  const put = (next: Part[]): void => onChange({ join, parts: next });
  const change = (at: number, part: Part | null): void =>
    put(part === null ? parts.toSpliced(at, 1) : parts.with(at, part));
  const shown = inner || parts.length > 1 || join === "none";
  return (
    <div className={inner ? styles.inner : styles.group}>
      {shown && (
        <NativeSelect
          size="xs"
          className={styles.join ?? ""}
          aria-label={t("rules.join")}
          value={join}
          data={JOINS.map((one) => ({ value: one, label: t(`rules.join_${one}`) }))}
          onChange={(event) => onChange({ join: event.currentTarget.value as Join, parts })}
        />
      )}
      <ul className={styles.parts}>
        {parts.map((part, at) => (
          <li key={at}>
            {"leaf" in part ? (
              <LeafEditor
                leaf={part.leaf}
                events={events}
                onChange={(leaf) => change(at, { leaf })}
                onRemove={parts.length > 1 || inner ? () => change(at, null) : undefined}
              />
            ) : (
              <GroupEditor
                inner
                events={events}
                group={part.group}
                onChange={(next) => change(at, next.parts.length === 0 ? null : { group: next })}
              />
            )}
          </li>
        ))}
      </ul>
      <div className={styles.more}>
        <Add label={t("rules.add")} onClick={() => put([...parts, { leaf: blank(inner || parts.length === 0 ? "event" : "property") }])} />
        {!inner && (
          <Add
            label={t("rules.add_group")}
            onClick={() => put([...parts, { group: { join: "any", parts: [{ leaf: blank("property") }] } }])}
          />
        )}
        {!shown && (
          <Add label={t("rules.add_none")} onClick={() => put([...parts, { group: { join: "none", parts: [{ leaf: blank("property") }] } }])} />
        )}
      </div>
    </div>
  );
}

function Add({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      leftSection={<IconPlus size={13} stroke={1.8} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
