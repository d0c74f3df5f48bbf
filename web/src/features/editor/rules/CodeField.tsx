import type { Rule } from "@desireline/map-core";
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./rules.module.css";

interface Props {
  rule: Rule;
  onChange: (rule: Rule) => void;
}

const written = (rule: Rule): string => JSON.stringify(rule, null, 2);

/** The rule as JSON; it is taken over when the field is left and it can be read. */
export function CodeField({ rule, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => written(rule));
  const [known, setKnown] = useState(rule);
  const [wrong, setWrong] = useState<string | null>(null);
  if (rule !== known) {
    setKnown(rule);
    setText(written(rule));
  }
  const leave = (): void => {
    const made = ruleIn(text);
    setWrong(made === null ? t("rules.code_unread") : null);
    if (made !== null && written(made) !== written(rule)) onChange(made);
  };
  return (
    <Textarea
      size="xs"
      autosize
      minRows={4}
      maxRows={18}
      spellCheck={false}
      classNames={{ input: styles.code ?? "" }}
      label={t("rules.code")}
      description={t("rules.code_means")}
      value={text}
      error={wrong}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
    />
  );
}

function ruleIn(text: string): Rule | null {
  try {
    const made: unknown = JSON.parse(text);
    const isRule = typeof made === "object" && made !== null && "type" in made;
    return isRule ? (made as Rule) : null;
  } catch {
    return null;
  }
}
