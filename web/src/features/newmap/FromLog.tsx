import { Autocomplete, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { useMay } from "../session/queries.ts";
import styles from "./newmap.module.css";
import { eventTypesQuery, storedQuery, useFindMap } from "./queries.ts";

/** A map found in the events that are there. */
export function FromLog() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: stored } = useQuery(storedQuery);
  const { data: types } = useQuery(eventTypesQuery);
  const [name, setName] = useState("");
  const [outcome, setOutcome] = useState("");
  const publish = useMay("publish");
  const find = useFindMap();
  const go = (event: FormEvent): void => {
    event.preventDefault();
    find.mutate({ name: name.trim(), outcome: outcome.trim() || null, publish });
  };
  if (stored === 0)
    return (
      <p className={styles.lead}>
        {t("newmap.no_events")} <Link to="/data">{t("newmap.to_data")}</Link>
      </p>
    );
  return (
    <form onSubmit={go} className={styles.form}>
      <p className={`${styles.lead} num`}>
        {stored === undefined
          ? ""
          : t("newmap.finds", { n: formats.count(stored), count: stored })}
      </p>
      <TextInput
        label={t("maps.name")}
        value={name}
        maxLength={200}
        required
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Autocomplete
        label={t("newmap.outcome")}
        description={t("newmap.outcome_text")}
        data={[...new Set((types?.event_types ?? []).map((type) => type.name))]}
        limit={12}
        maxLength={200}
        value={outcome}
        onChange={setOutcome}
      />
      <ProblemNote error={find.error} />
      <Button type="submit" loading={find.isPending} disabled={name.trim() === ""}>
        {t("newmap.find")}
      </Button>
    </form>
  );
}
