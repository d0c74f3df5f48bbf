import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { api, type Shapes, told } from "../../api/client.ts";
import { problemKept } from "../../api/problem.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { plain } from "../people/timeline/entry_words.ts";
import styles from "./data.module.css";
import { type Import, previewQuery } from "./queries.ts";
import { type Mapping, PARTS, type Role, rolesOf, WHO, withRole } from "./roles.ts";

/** What each column is, as suggested and as changed; beside it the first rows as events. */
export function MappingEditor({ one }: { one: Import }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [changed, setChanged] = useState<Mapping | null>(null);
  const { data: seen, error, isFetching } = useQuery(previewQuery(one.id, changed));
  const start = useMutation({
    mutationFn: () =>
      told(
        api.POST("/v1/imports/{ident}/start", {
          params: { path: { ident: one.id } },
          body: changed === null ? {} : { mapping: changed },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["imports"] }),
  });
  if (seen === undefined) return error === null ? <Rows /> : <ProblemNote error={error} />;
  const mapping = changed ?? (seen.mapping as Mapping);
  return (
    <>
      <Columns seen={seen} mapping={mapping} change={setChanged} />
      {seen.notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      <ProblemNote error={error ?? start.error} />
      <ProblemNote error={seen.problem && problemKept(seen.problem)} />
      <FirstEvents seen={seen} />
      <div>
        <Button
          loading={start.isPending}
          disabled={seen.problem !== null || isFetching}
          onClick={() => start.mutate()}
        >
          {t("data.start")}
        </Button>
      </div>
    </>
  );
}

type Seen = Shapes["SuggestionTold"];

interface Editing {
  seen: Seen;
  mapping: Mapping;
  change: (mapping: Mapping) => void;
}

function Columns({ seen, mapping, change }: Editing) {
  const { t } = useTranslation();
  const roles = rolesOf(mapping);
  const why = new Map(seen.reasons.map((reason) => [reason.column, reason.why]));
  const names = Object.keys(seen.columns);
  if (names.length === 0) return <p className={styles.note}>{t("data.no_columns", { form: seen.form })}</p>;
  return (
    <section aria-labelledby="columns">
      <h2 id="columns" className={styles.heading}>
        {t("data.columns")}
      </h2>
      <ul className={styles.columns}>
        {names.map((name) => (
          <li key={name}>
            <b>{name}</b>
            <span className={styles.sample}>{seen.columns[name]?.join(", ")}</span>
            <NativeSelect
              size="xs"
              aria-label={t("data.role_of", { name })}
              value={roles.get(name) ?? ""}
              onChange={(event) => change(withRole(mapping, name, event.currentTarget.value as Role))}
              data={[
                { value: "", label: t("data.role_property") },
                { group: t("data.whose"), items: WHO.map((role) => option(role, t(`data.role_${role}`))) },
                { group: t("data.said"), items: PARTS.map((role) => option(role, t(`data.role_${role}`))) },
              ]}
            />
            <span className={styles.why}>{roles.has(name) ? why.get(name) : ""}</span>
          </li>
        ))}
      </ul>
      <TextInput
        className={styles.zone ?? ""}
        size="xs"
        label={t("data.zone")}
        description={t("data.zone_text")}
        placeholder="Europe/Warsaw"
        defaultValue={typeof mapping["time_zone"] === "string" ? mapping["time_zone"] : ""}
        onBlur={(event) => {
          const zone = event.currentTarget.value.trim();
          if (zone !== (mapping["time_zone"] ?? ""))
            change({ ...mapping, time_zone: zone === "" ? null : zone });
        }}
      />
    </section>
  );
}

const option = (value: string, label: string): { value: string; label: string } => ({ value, label });

function FirstEvents({ seen }: { seen: Seen }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (seen.events.length === 0 && seen.set_aside.length === 0) return null;
  return (
    <section aria-labelledby="first-events">
      <h2 id="first-events" className={styles.heading}>
        {t("data.first")}
      </h2>
      <ol className={styles.events}>
        {seen.events.map((event, at) => (
          <li key={at}>
            <b>{String(event["type"] ?? "")}</b>
            <span className="num">{typeof event["at"] === "string" && formats.moment(event["at"])}</span>
            <span>{plain(event["identifiers"])}</span>
            <span className={styles.sample}>{plain(event["properties"])}</span>
          </li>
        ))}
      </ol>
      {seen.set_aside.map((reason) => (
        <p key={reason} className={styles.note}>
          {reason}
        </p>
      ))}
    </section>
  );
}
