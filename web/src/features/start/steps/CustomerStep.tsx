import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import styles from "../start.module.css";
import type { Stepping } from "./stepping.ts";

/** Whose journey it is: a persona or everybody, what they need, and who works on it. */
export function CustomerStep({ keeping: { plan, change } }: Stepping) {
  const { t } = useTranslation();
  const { data: personas } = useQuery({
    queryKey: ["personas"],
    queryFn: async ({ signal }) => (await told(api.GET("/v1/personas", { signal }))).personas,
  });
  const choose = (key: string): void => {
    const found = personas?.find((one) => one.key === key);
    change(
      found === undefined
        ? { persona: null }
        : { persona: key, customer: found.name, needs: plan.needs || found.needs.join("\n") },
    );
  };
  return (
    <>
      {(personas?.length ?? 0) > 0 && (
        <NativeSelect
          label={t("start.persona")}
          value={plan.persona ?? ""}
          data={[
            { value: "", label: t("start.everybody") },
            ...(personas ?? []).map((one) => ({ value: one.key, label: one.name })),
          ]}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={t("start.who")}
        description={t("start.who_text")}
        placeholder={t("start.who_example")}
        maxLength={200}
        value={plan.customer ?? ""}
        onChange={(event) => change({ customer: event.currentTarget.value })}
      />
      <Textarea
        label={t("start.needs")}
        description={t("start.needs_text")}
        autosize
        minRows={2}
        maxLength={2000}
        value={plan.needs ?? ""}
        onChange={(event) => change({ needs: event.currentTarget.value })}
      />
      <Team team={plan.team ?? []} change={(team) => change({ team })} />
    </>
  );
}

type Worker = { name: string; part: string };

function Team({ team, change }: { team: Worker[]; change: (team: Worker[]) => void }) {
  const { t } = useTranslation();
  const add = (form: HTMLFormElement): void => {
    const said = new FormData(form);
    const name = String(said.get("name")).trim();
    if (name === "") return;
    change([...team, { name, part: String(said.get("part")).trim() }]);
    form.reset();
    form.querySelector("input")?.focus();
  };
  return (
    <fieldset className={styles.group}>
      <legend>{t("start.team")}</legend>
      <p>{t("start.team_text")}</p>
      {team.length > 0 && (
        <ul className={styles.list}>
          {team.map((one, at) => (
            <li key={`${one.name} ${String(at)}`}>
              <span>
                <b>{one.name}</b> {one.part}
              </span>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t("start.remove_named", { name: one.name })}
                onClick={() => change(team.filter((_, other) => other !== at))}
              >
                {t("start.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          add(event.currentTarget);
        }}
      >
        <TextInput name="name" label={t("start.worker")} maxLength={200} />
        <TextInput name="part" label={t("start.part")} placeholder={t("start.part_example")} maxLength={200} />
        <Button type="submit" variant="default">
          {t("start.add")}
        </Button>
      </form>
    </fieldset>
  );
}
