import { freshKey, NO_EVENT, type Persona, type Rule } from "@desireline/map-core";
import { Button, Select, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../../api/client.ts";
import { ProblemNote } from "../../../../ui/ProblemNote.tsx";
import { useMay } from "../../../session/queries.ts";
import { useActions, useDraft, useEditor } from "../../draft/use_draft.ts";
import { RuleCount } from "../../rules/RuleCount.tsx";
import { RuleEditor } from "../../rules/RuleEditor.tsx";
import styles from "../panel.module.css";
import { Part } from "../Part.tsx";
import { shapeOf } from "../rule_steps.ts";
import { useSet } from "../use_set.ts";
import { Begin } from "./MapTab.tsx";

const personasQuery = queryOptions({
  queryKey: ["personas"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/personas", { signal }))).personas,
});

/** Whom the map speaks of: described personas, or new ones, each bound by a rule. */
export function PersonasTab() {
  const { t } = useTranslation();
  const { map } = useDraft();
  const { may } = useEditor();
  const { edit, now } = useActions();
  const { data: described = [], error } = useQuery(personasQuery);
  const here = new Set(map.personas.map((persona) => persona.key));
  const others = described.filter((one) => !here.has(one.key));
  const add = (key: string, name: string, rule: Rule | null): void => {
    edit({ type: "add", part: "persona", value: { key, name, rule } });
  };
  return (
    <div className={styles.stack}>
      {map.personas.length === 0 && <p className={styles.hint}>{t("fields.personas_none")}</p>}
      {map.personas.map((persona) => (
        <PersonaPart key={persona.key} persona={persona} />
      ))}
      <ProblemNote error={error} />
      {may && others.length > 0 && (
        <Select
          size="xs"
          label={t("fields.persona_described")}
          placeholder={t("fields.persona_pick")}
          data={others.map((one) => ({ value: one.key, label: one.name }))}
          value={null}
          onChange={(key) => {
            const found = others.find((one) => one.key === key);
            if (found !== undefined) add(found.key, found.name, (found.rule ?? null) as Rule | null);
          }}
        />
      )}
      {may && (
        <Begin
          label={t("fields.persona_new")}
          onClick={() => {
            const name = t("fields.persona_name");
            add(freshKey(name, now().personas.map((one) => one.key)), name, null);
          }}
        />
      )}
    </div>
  );
}

function PersonaPart({ persona }: { persona: Persona }) {
  const { t } = useTranslation();
  const { key } = useEditor();
  const { remove } = useActions();
  const seesPersons = useMay("read_persons");
  const { put, may } = useSet("persona", persona.key);
  const [bound, setBound] = useState(false);
  const rule = persona.rule ?? null;
  return (
    <Part name={persona.name}>
      <fieldset className={styles.stack} disabled={!may}>
        <TextInput
          size="xs"
          label={t("fields.name")}
          value={persona.name}
          onChange={(event) => put("name", event.currentTarget.value, `persona/${persona.key}`)}
        />
        {rule === null && !bound ? (
          <>
            <p className={styles.hint}>{t("fields.persona_unbound")}</p>
            {may && <Begin label={t("fields.persona_bind")} onClick={() => setBound(true)} />}
          </>
        ) : (
          <RuleEditor
            label={t("fields.persona_rule", { name: persona.name })}
            rule={rule ?? NO_EVENT}
            optional={false}
            readOnly={!may}
            onChange={(next) => put("rule", next, `persona/${persona.key}/${shapeOf(next)}`)}
          />
        )}
        {rule !== null && seesPersons && <RuleCount rule={rule} map={key} touchpoint={null} />}
        {may && (
          <Button
            variant="default"
            size="compact-sm"
            className={styles.begin ?? ""}
            onClick={() =>
              remove(
                { type: "remove", part: "persona", key: persona.key },
                t("fields.persona_gone", { name: persona.name }),
              )
            }
          >
            {t("fields.persona_away")}
          </Button>
        )}
      </fieldset>
    </Part>
  );
}
