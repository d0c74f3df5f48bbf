import type { Rule } from "@desireline/map-core";
import { Checkbox, CloseButton, Group, NativeSelect, NumberInput } from "@mantine/core";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { blank, type Leaf, LEAVES } from "./form.ts";
import { NamesField } from "./NamesField.tsx";
import { PropertyFields } from "./PropertyFields.tsx";
import styles from "./rules.module.css";

interface FieldsProps {
  leaf: Rule;
  events: string[];
  onChange: (leaf: Rule) => void;
}

interface Props extends FieldsProps {
  onRemove: (() => void) | undefined;
}

const FIELDS: Record<Leaf, ComponentType<FieldsProps>> = {
  event: (props) => <NamesField field="event" {...props} />,
  channel: (props) => <NamesField field="channel" {...props} />,
  actor: (props) => <NamesField field="actor" {...props} />,
  direction: DirectionFields,
  value: ValueFields,
  property: PropertyFields,
};

/** One condition: what it looks at, and what has to be there. */
export function LeafEditor({ leaf, events, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const kind = leaf.type as Leaf;
  const Fields = FIELDS[kind];
  return (
    <div className={styles.leaf}>
      <NativeSelect
        size="xs"
        variant="unstyled"
        className={styles.kind ?? ""}
        aria-label={t("rules.condition")}
        value={kind}
        data={LEAVES.map((one) => ({ value: one, label: t(`rules.leaf_${one}`) }))}
        onChange={(event) => onChange(blank(event.currentTarget.value as Leaf))}
      />
      {onRemove && (
        <CloseButton size="sm" aria-label={t("rules.remove")} data-tip={t("rules.remove")} onClick={onRemove} />
      )}
      <div className={styles.fields}>
        <Fields leaf={leaf} events={events} onChange={onChange} />
      </div>
    </div>
  );
}

const WAYS = ["inbound", "outbound", "internal"] as const;

function DirectionFields({ leaf, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      aria-label={t("rules.leaf_direction")}
      value={leaf["in"] as string[]}
      onChange={(ways) => onChange({ ...leaf, in: ways })}
    >
      <Group gap="sm">
        {WAYS.map((way) => (
          <Checkbox key={way} size="xs" value={way} label={t(`rules.way_${way}`)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

const ORDERS = ["ge", "gt", "le", "lt", "eq", "ne"] as const;

function ValueFields({ leaf, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.comparison}>
      <NativeSelect
        size="xs"
        aria-label={t("rules.operator")}
        value={String(leaf["op"])}
        data={ORDERS.map((op) => ({ value: op, label: t(`rules.op_${op}`) }))}
        onChange={(event) => onChange({ ...leaf, op: event.currentTarget.value })}
      />
      <NumberInput
        size="xs"
        hideControls
        aria-label={t("rules.number")}
        placeholder={t("rules.number")}
        value={typeof leaf["value"] === "number" ? leaf["value"] : ""}
        onChange={(value) => onChange({ ...leaf, value: value === "" ? null : Number(value) })}
      />
    </div>
  );
}
