import { type JourneyMap, NO_EVENT, type Rule } from "@desireline/map-core";
import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OwnerField } from "../../../maps/owner/OwnerField.tsx";
import { useMay } from "../../../session/queries.ts";
import { useDraft } from "../../draft/use_draft.ts";
import { RuleCount } from "../../rules/RuleCount.tsx";
import { RuleEditor } from "../../rules/RuleEditor.tsx";
import styles from "../panel.module.css";
import { Part } from "../Part.tsx";
import { shapeOf } from "../rule_steps.ts";
import { useSet } from "../use_set.ts";
import { WaitField } from "../WaitField.tsx";

const KINDS = ["as_is", "hypothesis", "to_be"] as const;
const SCOPES = ["life_cycle", "task"] as const;

/** What the map is for: whose goal, what counts as reached, what makes one journey. */
export function MapTab() {
  const { t } = useTranslation();
  const { map } = useDraft();
  const { put, may } = useSet("map");
  return (
    <fieldset className={styles.stack} disabled={!may}>
      <TextInput
        size="xs"
        label={t("fields.name")}
        value={map.name}
        onChange={(event) => put("name", event.currentTarget.value, "map/name")}
      />
      <Textarea
        size="xs"
        autosize
        minRows={1}
        maxRows={6}
        label={t("fields.statement")}
        description={t("fields.statement_means")}
        value={map.goal.statement}
        onChange={(event) => put("goal", { ...map.goal, statement: event.currentTarget.value }, "map/statement")}
      />
      <div className={styles.two}>
        <NativeSelect
          size="xs"
          label={t("fields.map_kind")}
          value={map.kind}
          data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          onChange={(event) => put("kind", event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label={t("fields.scope")}
          value={map.scope}
          data={SCOPES.map((scope) => ({ value: scope, label: t(`fields.scope_${scope}`) }))}
          onChange={(event) => put("scope", event.currentTarget.value)}
        />
      </div>
      <OwnerField mapKey={map.key} />
      <Outcome map={map} may={may} onChange={(outcome, group) => put("goal", { ...map.goal, outcome }, group)} />
      <CaseBy map={map} onChange={(case_by, group) => put("case_by", case_by, group)} />
    </fieldset>
  );
}

interface OutcomeProps {
  map: JourneyMap;
  may: boolean;
  onChange: (outcome: Rule | null, group?: string) => void;
}

/** What counts as reaching the goal. */
function Outcome({ map, may, onChange }: OutcomeProps) {
  const { t } = useTranslation();
  const seesPersons = useMay("read_persons");
  const [begun, setBegun] = useState(false);
  const outcome = map.goal.outcome;
  if (outcome === null && !begun)
    return (
      <Part name={t("fields.outcome")}>
        <p className={styles.hint}>{t("fields.outcome_none")}</p>
        {may && <Begin label={t("fields.outcome_new")} onClick={() => setBegun(true)} />}
      </Part>
    );
  return (
    <Part name={t("fields.outcome")}>
      <RuleEditor
        label={t("fields.outcome")}
        optional={false}
        readOnly={!may}
        rule={outcome ?? NO_EVENT}
        onChange={(rule) => onChange(isNothing(rule) ? null : rule, `outcome/${shapeOf(rule)}`)}
      />
      {outcome !== null && seesPersons && <RuleCount rule={outcome} map={map.key} touchpoint={null} />}
      {outcome !== null && may && (
        <Button
          variant="default"
          size="compact-sm"
          className={styles.begin ?? ""}
          onClick={() => {
            setBegun(false);
            onChange(null);
          }}
        >
          {t("fields.outcome_away")}
        </Button>
      )}
    </Part>
  );
}

const isNothing = (rule: Rule): boolean => JSON.stringify(rule) === JSON.stringify(NO_EVENT);

export function Begin({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      className={styles.begin ?? ""}
      leftSection={<IconPlus size={13} stroke={1.8} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

type Case = JourneyMap["case_by"];
const HALF_HOUR = 1_800;

/** What makes one journey: a person, whatever shares an entry, or a visit. */
function CaseBy({ map, onChange }: { map: JourneyMap; onChange: (said: Case, group?: string) => void }) {
  const { t } = useTranslation();
  const { kind, column, gap_seconds: gap } = map.case_by;
  const [wanted, setWanted] = useState(kind);
  const [known, setKnown] = useState(kind);
  if (kind !== known) {
    setKnown(kind);
    setWanted(kind);
  }
  const turn = (next: Case["kind"]): void => {
    setWanted(next);
    if (next === "person") onChange({ kind: next, column: null, gap_seconds: null });
    if (next === "session") onChange({ kind: next, column: null, gap_seconds: HALF_HOUR });
    // A column has to be named first.
  };
  return (
    <Part name={t("fields.case_by")}>
      <NativeSelect
        size="xs"
        aria-label={t("fields.case_by")}
        description={t(`fields.case_${wanted}_means`)}
        value={wanted}
        data={(["person", "column", "session"] as const).map((one) => ({
          value: one,
          label: t(`fields.case_${one}`),
        }))}
        onChange={(event) => turn(event.currentTarget.value as Case["kind"])}
      />
      {wanted === "column" && (
        <TextInput
          size="xs"
          label={t("fields.column")}
          placeholder="order_id"
          defaultValue={column ?? ""}
          onBlur={(event) => {
            const name = event.currentTarget.value.trim();
            if (name !== "") onChange({ kind: "column", column: name, gap_seconds: null });
          }}
        />
      )}
      {wanted === "session" && (
        <WaitField
          label={t("fields.gap")}
          seconds={gap ?? HALF_HOUR}
          onChange={(seconds) => {
            if (seconds !== null && seconds > 0)
              onChange({ kind: "session", column: null, gap_seconds: seconds }, "map/gap");
          }}
        />
      )}
    </Part>
  );
}
