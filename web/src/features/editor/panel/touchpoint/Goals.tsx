import { type DepartmentGoal, type GoalConflict, goalConflicts, type Touchpoint } from "@desireline/map-core";
import { Autocomplete, Button, CloseButton, MultiSelect, NativeSelect, TextInput } from "@mantine/core";
import { IconArrowsDiff, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useDraft } from "../../draft/use_draft.ts";
import { DepartmentField, useDepartments } from "../DepartmentField.tsx";
import { METRICS } from "../metrics.ts";
import styles from "../panel.module.css";
import { Part } from "../Part.tsx";
import { useSet } from "../use_set.ts";

const BLANK: DepartmentGoal = { department: "", statement: "", metric: null, direction: null, against: [] };

/** What each department wants of the touchpoint, and who pulls against whom. */
export function Goals({ point }: { point: Touchpoint }) {
  const { t } = useTranslation();
  const { put, may } = useSet("touchpoint", point.key);
  const { map } = useDraft();
  const goals = point.goals ?? [];
  const conflicts = goalConflicts(map).filter((one) => one.touchpoint === point.key);
  const change = (at: number, part: Partial<DepartmentGoal>, field?: string): void => {
    const group = field === undefined ? undefined : `goals/${point.key}/${at}/${field}`;
    put("goals", goals.with(at, { ...goals[at]!, ...part }), group);
  };
  return (
    <Part name={t("fields.goals")}>
      {goals.length === 0 && <p className={styles.hint}>{t("fields.goals_none")}</p>}
      {conflicts.length > 0 && <Conflicts conflicts={conflicts} />}
      <fieldset className={styles.stack} disabled={!may}>
        {goals.map((goal, at) => (
          <Goal
            key={at}
            goal={goal}
            onChange={(part, field) => change(at, part, field)}
            onRemove={() => put("goals", goals.toSpliced(at, 1))}
          />
        ))}
        {may && (
          <Button
            variant="subtle"
            size="compact-xs"
            className={styles.begin ?? ""}
            leftSection={<IconPlus size={13} stroke={1.8} aria-hidden />}
            onClick={() => put("goals", [...goals, BLANK])}
          >
            {t("fields.goal_new")}
          </Button>
        )}
      </fieldset>
    </Part>
  );
}

/** Who pulls against whom, in words. */
export function Conflicts({ conflicts }: { conflicts: GoalConflict[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.conflicts}>
      {conflicts.map(({ touchpoint, departments: [a, b], metric }) => (
        <li key={`${touchpoint} ${a} ${b}`}>
          <IconArrowsDiff size={14} stroke={1.8} aria-hidden />
          {metric === null
            ? t("fields.conflict", { a, b })
            : t("fields.conflict_metric", {
                a,
                b,
                metric: t(`figure.${metric}`, { defaultValue: metric }),
              })}
        </li>
      ))}
    </ul>
  );
}

interface GoalProps {
  goal: DepartmentGoal;
  onChange: (part: Partial<DepartmentGoal>, field?: string) => void;
  onRemove: () => void;
}

function Goal({ goal, onChange, onRemove }: GoalProps) {
  const { t } = useTranslation();
  const departments = useDepartments();
  const others = [...new Set([...departments, ...goal.against])].filter((one) => one !== goal.department);
  // A metric of the map goes by its name in the reader's language, another by its own.
  const named = METRICS.map((metric) => ({ metric, label: t(`figure.${metric}`) }));
  const metric = named.find((one) => one.metric === goal.metric)?.label ?? goal.metric ?? "";
  return (
    <div className={styles.goal}>
      <CloseButton size="sm" aria-label={t("fields.goal_away", { name: goal.department })} onClick={onRemove} />
      <DepartmentField label={t("fields.department")} value={goal.department} onChange={(department) => onChange({ department }, "department")} />
      <TextInput
        size="xs"
        label={t("fields.goal")}
        placeholder={t("fields.goal_example")}
        value={goal.statement}
        onChange={(event) => onChange({ statement: event.currentTarget.value }, "statement")}
      />
      <div className={styles.two}>
        <Autocomplete
          size="xs"
          label={t("fields.metric")}
          data={named.map((one) => one.label)}
          value={metric}
          onChange={(text) => {
            const known = named.find((one) => one.label === text)?.metric;
            onChange({ metric: text === "" ? null : (known ?? text) }, "metric");
          }}
        />
        <NativeSelect
          size="xs"
          label={t("fields.direction")}
          value={goal.direction ?? ""}
          data={[
            { value: "", label: t("fields.direction_none") },
            { value: "up", label: t("fields.direction_up") },
            { value: "down", label: t("fields.direction_down") },
          ]}
          onChange={(event) =>
            onChange({ direction: (event.currentTarget.value || null) as DepartmentGoal["direction"] })
          }
        />
      </div>
      <MultiSelect
        size="xs"
        label={t("fields.against")}
        placeholder={goal.against.length === 0 ? t("fields.against_none") : undefined}
        data={others}
        value={goal.against}
        onChange={(against) => onChange({ against })}
      />
    </div>
  );
}
