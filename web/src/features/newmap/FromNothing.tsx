import { freshKey } from "@desireline/map-core";
import { Button, Radio, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import styles from "./newmap.module.css";
import { asJson, useAddMap } from "./queries.ts";

const KINDS = ["hypothesis", "as_is", "to_be"] as const;
/** The five stages that every life cycle has; they can be renamed and removed. */
const STAGES = ["awareness", "consideration", "purchase", "retention", "advocacy"] as const;

/** A map that begins with a name: a hypothesis, what is, or what shall be. */
export function FromNothing() {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [goal, setGoal] = useState("");
  const [kind, setKind] = useState<string>("hypothesis");
  const add = useAddMap();
  const go = (event: FormEvent): void => {
    event.preventDefault();
    const stages = STAGES.map((key) => ({ key, name: t(`newmap.${key}`), touchpoints: [] }));
    const document = { key: freshKey(name, []), name: name.trim(), kind, stages };
    add.mutate(asJson({ ...document, goal: { statement: goal.trim(), outcome: null } }));
  };
  return (
    <form onSubmit={go} className={styles.form}>
      <p className={styles.lead}>{t("newmap.nothing_lead")}</p>
      <TextInput
        label={t("maps.name")}
        value={name}
        maxLength={200}
        required
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("newmap.goal")}
        description={t("newmap.goal_text")}
        value={goal}
        maxLength={500}
        onChange={(event) => setGoal(event.currentTarget.value)}
      />
      <Radio.Group label={t("newmap.kind")} value={kind} onChange={setKind}>
        <div className={styles.kinds}>
          {KINDS.map((one) => (
            <Radio key={one} value={one} label={t(`kind.${one}`)} description={t(`newmap.${one}_means`)} />
          ))}
        </div>
      </Radio.Group>
      <ProblemNote error={add.error} />
      <Button type="submit" loading={add.isPending} disabled={name.trim() === ""}>
        {t("newmap.make")}
      </Button>
    </form>
  );
}
