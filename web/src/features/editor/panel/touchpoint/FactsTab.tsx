import type { Touchpoint } from "@desireline/map-core";
import { Autocomplete, SegmentedControl, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../../app/formats.ts";
import { useDraft } from "../../draft/use_draft.ts";
import { DepartmentField } from "../DepartmentField.tsx";
import styles from "../panel.module.css";
import { sidesOf, touchpointsOf } from "../parts_of.ts";
import { useSet } from "../use_set.ts";
import { WaitField } from "../WaitField.tsx";

const KINDS = ["action", "communication"] as const;
const orNull = (text: string): string | null => (text === "" ? null : text);

/** What the touchpoint is: its name, through which channel, who to whom, when, instead of what. */
export function FactsTab({ point }: { point: Touchpoint }) {
  const { t } = useTranslation();
  const { map } = useDraft();
  const { put, may } = useSet("touchpoint", point.key);
  const type = (field: string, value: unknown): void =>
    put(field, value, `touchpoint/${point.key}/${field}`);
  const all = touchpointsOf(map);
  const channels = [...new Set(all.map((one) => one.channel ?? ""))].filter(Boolean);
  const sides = sidesOf(map, t("fields.customer"));
  const hasAlternatives = all.some((one) => one.alternative_to === point.key);
  const mains = all.filter((one) => one.key !== point.key && (one.alternative_to ?? null) === null);
  return (
    <fieldset className={styles.stack} disabled={!may}>
      <TextInput size="xs" label={t("fields.name")} value={point.name} onChange={(event) => type("name", event.currentTarget.value)} />
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={10}
        label={t("fields.description")}
        value={point.description ?? ""}
        onChange={(event) => type("description", event.currentTarget.value)}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t("about.kind")}
        value={point.kind}
        data={KINDS.map((kind) => ({ value: kind, label: t(`touchpoint.${kind}`) }))}
        onChange={(kind) => put("kind", kind)}
      />
      <Autocomplete size="xs" label={t("about.channel")} data={channels} value={point.channel ?? ""} onChange={(text) => type("channel", orNull(text))} />
      <div className={styles.two}>
        <Autocomplete size="xs" label={t("about.initiator")} data={sides} value={point.initiator ?? ""} onChange={(text) => type("initiator", orNull(text))} />
        <Autocomplete size="xs" label={t("about.recipient")} data={sides} value={point.recipient ?? ""} onChange={(text) => type("recipient", orNull(text))} />
      </div>
      <DepartmentField label={t("about.owner")} value={point.owner ?? ""} onChange={(text) => type("owner", orNull(text))} />
      <WaitField label={t("fields.not_before")} seconds={point.not_before_seconds ?? null} onChange={(seconds) => type("not_before_seconds", seconds)} />
      <WaitField label={t("fields.not_after")} seconds={point.not_after_seconds ?? null} onChange={(seconds) => type("not_after_seconds", seconds)} />
      <Bounds point={point} />
      <Switch size="xs" label={t("fields.optional")} checked={point.optional} onChange={(event) => put("optional", event.currentTarget.checked)} />
      <Switch size="xs" label={t("fields.repeatable")} checked={point.repeatable} onChange={(event) => put("repeatable", event.currentTarget.checked)} />
      <Switch
        size="xs"
        label={t("fields.milestone")}
        description={t("fields.milestone_means")}
        checked={point.milestone ?? false}
        onChange={(event) => put("milestone", event.currentTarget.checked)}
      />
      <Select
        size="xs"
        label={t("fields.alternative_to")}
        description={hasAlternatives ? t("fields.has_alternatives") : t("fields.alternative_means")}
        placeholder={t("fields.nothing_else")}
        disabled={!may || hasAlternatives}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("fields.nothing_else") }}
        data={mains.map((one) => ({ value: one.key, label: one.name }))}
        value={point.alternative_to ?? null}
        onChange={(key) => put("alternative_to", key)}
      />
    </fieldset>
  );
}

/** The bounds in words. */
function Bounds({ point }: { point: Touchpoint }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const said = ([
    ["about.not_before", point.not_before_seconds],
    ["about.not_after", point.not_after_seconds],
  ] as const).flatMap(([key, seconds]) =>
    typeof seconds === "number" ? [t(key, { wait: formats.duration(seconds) })] : [],
  );
  if (said.length === 0) return null;
  return <p className={styles.hint}>{t("fields.bounds", { bounds: said.join(", ") })}</p>;
}
