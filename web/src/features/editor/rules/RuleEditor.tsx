import { NO_EVENT, type Rule } from "@desireline/map-core";
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeField } from "./CodeField.tsx";
import { type Form, formOf, ruleOf } from "./form.ts";
import { GroupEditor } from "./GroupEditor.tsx";
import { PatternPart } from "./PatternPart.tsx";
import { RuleWords } from "./RuleWords.tsx";
import styles from "./rules.module.css";

interface Props {
  /** What the rule is of, for those who hear the page. */
  label: string;
  rule: Rule;
  onChange: (rule: Rule) => void;
  /** Whether "no event" can be said; an outcome is rather taken away. */
  optional?: boolean;
  /** What "no event yet" means here; else what it means for a touchpoint. */
  noneMeans?: string;
  readOnly?: boolean;
}

const MODES = ["events", "pattern", "code", "none"] as const;
type Mode = (typeof MODES)[number];

const BEGUN: Record<Mode, (rule: Rule) => Form> = {
  events: (rule) => {
    const known = formOf(rule);
    if (known.mode === "events") return known;
    return { mode: "events", group: { join: "all", parts: [{ leaf: { type: "event", in: [] } }] } };
  },
  pattern: (rule) => ({ mode: "pattern", rule: rule.type === "pattern" ? rule : null }),
  code: (rule) => ({ mode: "code", rule }),
  none: () => ({ mode: "none" }),
};

/**
 * Says which events something is: by picking events that were seen and conditions on them, by a
 * path, or by no event yet. What is not finished stays in the fields and is no part of the rule.
 */
export function RuleEditor({ label, rule, onChange, optional = true, noneMeans, readOnly = false }: Props) {
  const { t } = useTranslation();
  const read = (said: Rule): Form => {
    const found = formOf(said);
    return found.mode === "none" && !optional ? BEGUN.events(said) : found;
  };
  const [form, setForm] = useState(() => read(rule));
  const [known, setKnown] = useState(rule);
  // Somebody else, or an undo, has made another rule of it.
  if (!same(rule, known)) {
    setKnown(rule);
    setForm(read(rule));
  }
  const say = (next: Form): void => {
    setForm(next);
    const said = ruleOf(next);
    if (same(said, rule)) return;
    setKnown(said);
    onChange(said);
  };
  const turn = (mode: Mode): void => {
    const next = BEGUN[mode](rule);
    // A path or a condition that is not said yet leaves the rule as it is.
    if (mode === "none" || same(ruleOf(next), rule)) say(next);
    else setForm(next);
  };
  if (readOnly) return <RuleWords rule={rule} />;
  return (
    <div className={styles.rule} role="group" aria-label={label}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t("rules.how")}
        value={form.mode}
        data={MODES.filter((mode) => optional || mode !== "none").map((mode) => ({
          value: mode,
          label: t(`rules.mode_${mode}`),
        }))}
        onChange={(mode) => turn(mode as Mode)}
      />
      {form.mode === "events" && (
        <GroupEditor group={form.group} onChange={(group) => say({ mode: "events", group })} />
      )}
      {form.mode === "pattern" && (
        <PatternPart rule={form.rule} onChange={(made) => say({ mode: "pattern", rule: made })} />
      )}
      {form.mode === "code" && (
        <CodeField rule={form.rule} onChange={(made) => say({ mode: "code", rule: made })} />
      )}
      {form.mode === "none" && <p className={styles.none}>{noneMeans ?? t("rules.none_means")}</p>}
      {form.mode !== "none" && !same(rule, NO_EVENT) && <RuleWords rule={rule} />}
    </div>
  );
}

const same = (a: Rule, b: Rule): boolean => JSON.stringify(a) === JSON.stringify(b);
