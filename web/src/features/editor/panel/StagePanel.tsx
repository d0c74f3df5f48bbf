import { UnstyledButton, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import { OpenCount } from "../discussion/OpenCount.tsx";
import { WHOLE_MAP } from "../discussion/queries.ts";
import { useFigures } from "../draft/figures.tsx";
import { useDraft, useEditor } from "../draft/use_draft.ts";
import styles from "./panel.module.css";
import { PanelTabs } from "./PanelTabs.tsx";
import { Part } from "./Part.tsx";
import { useSet } from "./use_set.ts";

/** A stage: its name, its figures, the touchpoints in it, and what is said about it. */
export function StagePanel({ at }: { at: { key: string } }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { map } = useDraft();
  const { key, selection } = useEditor();
  const { file } = useFigures();
  const { put, may } = useSet("stage", at.key);
  const stage = map.stages.find((one) => one.key === at.key);
  if (stage === undefined) return null;
  const figures = file?.figures.stages.find((one) => one.key === at.key);
  const persons = new Map(file?.figures.touchpoints.map((one) => [one.key, one.persons]));
  return (
    <PanelTabs
      place={{ ...WHOLE_MAP, stage: stage.key }}
      name={stage.name}
      tabs={[
        {
          key: "facts",
          label: t("fields.facts"),
          children: (
            <fieldset className={styles.stack} disabled={!may}>
              <TextInput
                size="xs"
                label={t("fields.name")}
                value={stage.name}
                onChange={(event) => put("name", event.currentTarget.value, `stage/${at.key}/name`)}
              />
              {figures !== undefined && figures.journeys > 0 && (
                <p className={`${styles.hint} num`}>
                  {t("fields.stage_reach", {
                    journeys: t("figure.journeys_n", { n: formats.count(figures.journeys), count: figures.journeys }),
                    share: formats.share(figures.reach.share),
                    n: formats.count(figures.reach.n),
                  })}
                </p>
              )}
              <Part name={t("fields.touchpoints")} note={formats.count(stage.touchpoints.length)}>
                {stage.touchpoints.length === 0 && <p className={styles.hint}>{t("fields.stage_empty")}</p>}
                <ul className={styles.list}>
                  {stage.touchpoints.map((point) => (
                    <li key={point.key}>
                      <UnstyledButton onClick={() => selection.select({ kind: "touchpoint", key: point.key })}>
                        {point.name}
                      </UnstyledButton>
                      <OpenCount map={key} touchpoint={point.key} />
                      <span className="num">
                        {persons.has(point.key) &&
                          t("fields.persons_n", {
                            n: formats.count(persons.get(point.key)!),
                            count: persons.get(point.key)!,
                          })}
                      </span>
                    </li>
                  ))}
                </ul>
              </Part>
            </fieldset>
          ),
        },
      ]}
    />
  );
}
