import { Button, CloseButton, NumberInput, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PatternField } from "../bar/PatternField.tsx";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";

const LEAST = 2;
const MOST = 20;

/** The steps of a funnel in their order, how long it may take, and what it is split by. */
export function StepFields() {
  const { t } = useTranslation();
  const { view, change } = useExplored();
  const [more, setMore] = useState(0);
  const said = view.steps ?? [];
  const steps = [...said, ...Array.from({ length: Math.max(LEAST - said.length, 0) + more }, () => "")];
  const set = (at: number, text: string): void => {
    const next = steps.map((step, place) => (place === at ? text : step));
    setMore(0);
    const told = next.filter((step) => step !== "");
    change({ steps: told.length > 0 ? told : undefined });
  };
  return (
    <>
      <ol className={styles.steps}>
        {steps.map((step, at) => (
          <li key={`${at} ${steps.length}`}>
            <span className="num" aria-hidden>
              {at + 1}
            </span>
            <PatternField
              hideLabel
              label={t("explore.step", { n: at + 1 })}
              placeholder={t(at === 0 ? "explore.first_step" : "explore.next_step")}
              value={step}
              onChange={(text) => set(at, text)}
            />
            {at < said.length && said.length > LEAST && (
              <CloseButton
                size="sm"
                aria-label={t("explore.step_away", { n: at + 1 })}
                onClick={() => set(at, "")}
              />
            )}
          </li>
        ))}
        {steps.length < MOST && (
          <li>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setMore(more + 1)}
            >
              {t("explore.add_step")}
            </Button>
          </li>
        )}
      </ol>
      <div className={styles.filters}>
        <NumberInput
          size="xs"
          label={t("explore.days")}
          placeholder={t("explore.any_time")}
          min={1}
          max={3650}
          value={view.days ?? ""}
          onChange={(days) => change({ days: typeof days === "number" ? days : undefined })}
        />
        <TextInput
          size="xs"
          label={t("explore.by")}
          placeholder={t("explore.by_example")}
          defaultValue={view.by ?? ""}
          onBlur={(event) => change({ by: event.currentTarget.value.trim() || undefined })}
        />
      </div>
    </>
  );
}
