import { freshKey } from "@desireline/map-core";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDraft, useEditor } from "../editor/draft/use_draft.ts";
import styles from "./notes.module.css";

/** The stages, each with the touchpoints that it has; a note that is dropped on one grows there. */
export function Stages() {
  const { t } = useTranslation();
  const { map } = useDraft();
  const { may } = useEditor();
  return (
    <section className={styles.stages} aria-label={t("sticky.stages")}>
      {map.stages.map((stage, at) => (
        <div key={stage.key} className={styles.stage} data-stage={stage.key} data-tint={(at % 5) + 1}>
          <h2>{stage.name}</h2>
          <ol>
            {stage.touchpoints.map((one) => (
              <li key={one.key}>{one.name}</li>
            ))}
          </ol>
        </div>
      ))}
      {may && <NewStage />}
    </section>
  );
}

function NewStage() {
  const { t } = useTranslation();
  const { map, edit } = useDraft();
  const [name, setName] = useState("");
  const go = (event: FormEvent): void => {
    event.preventDefault();
    const key = freshKey(name, map.stages.map((stage) => stage.key));
    if (edit({ type: "add", part: "stage", value: { key, name: name.trim() } })) setName("");
  };
  return (
    <form className={styles.newStage} onSubmit={go}>
      <TextInput
        size="xs"
        aria-label={t("sticky.new_stage")}
        placeholder={t("sticky.new_stage")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={name.trim() === ""}>
        {t("sticky.add")}
      </Button>
    </form>
  );
}
