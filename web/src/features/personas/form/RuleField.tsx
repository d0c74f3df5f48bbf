import { NO_EVENT, type Rule } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { RuleEditor } from "../../editor/rules/RuleEditor.tsx";
import styles from "../personas.module.css";
import type { PersonaDocument } from "../queries.ts";

interface Props {
  rule: PersonaDocument["rule"];
  onChange: (rule: PersonaDocument["rule"]) => void;
}

/** Which people are meant: those in whose journey the rule holds. */
export function RuleField({ rule, onChange }: Props) {
  const { t } = useTranslation();
  const label = t("personas.rule");
  return (
    <fieldset className={styles.rows}>
      <legend>{label}</legend>
      <div className={styles.ruleField}>
        <RuleEditor
          label={label}
          noneMeans={t("personas.none_means")}
          rule={(rule ?? NO_EVENT) as Rule}
          onChange={(next) => onChange(isNothing(next) ? null : { ...next })}
        />
      </div>
      <p className={styles.soft}>{t("personas.rule_text")}</p>
    </fieldset>
  );
}

const isNothing = (rule: Rule): boolean => JSON.stringify(rule) === JSON.stringify(NO_EVENT);
