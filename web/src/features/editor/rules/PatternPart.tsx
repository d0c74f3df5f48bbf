import { patternText, type Rule } from "@desireline/map-core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { PatternField } from "../../explore/bar/PatternField.tsx";
import { ruleOfPattern } from "./queries.ts";
import styles from "./rules.module.css";

interface Props {
  rule: Rule | null;
  onChange: (rule: Rule) => void;
}

/** A rule as a path: events one after the other. */
export function PatternPart({ rule, onChange }: Props) {
  const { t } = useTranslation();
  const read = useMutation({
    mutationFn: ruleOfPattern,
    onSuccess: (made) => {
      if (made !== null) onChange(made);
    },
  });
  return (
    <>
      <PatternField
        label={t("rules.path")}
        placeholder={t("rules.path_example")}
        value={rule === null ? "" : patternText(rule)}
        onChange={(text) => {
          if (text !== "") read.mutate(text);
        }}
      />
      <p className={styles.hint}>{t("rules.path_means")}</p>
      <ProblemNote error={read.error} />
    </>
  );
}
