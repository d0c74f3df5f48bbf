import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { type Permission, sessionQuery } from "../../session/queries.ts";
import { Shown } from "../Shown.tsx";
import styles from "../settings.module.css";

/** A key with no more than whoever makes it may herself. */
export function NewKey() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const [name, setName] = useState("");
  const [day, setDay] = useState("");
  const [scopes, setScopes] = useState<string[]>(["read"]);
  const make = useMutation({
    mutationFn: () =>
      told(
        api.POST("/v1/api-keys", {
          body: {
            name,
            scopes: scopes as Permission[],
            expires_at: day === "" ? null : `${day}T23:59:59Z`,
          },
        }),
      ),
    onSuccess: async () => {
      setName("");
      await client.invalidateQueries({ queryKey: ["api-keys"] });
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form className={styles.form} onSubmit={go}>
      {make.data !== undefined && <Shown text={make.data.key} says={t("settings.key_made")} />}
      <TextInput
        label={t("settings.key_name")}
        value={name}
        required
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group label={t("settings.scopes")} value={scopes} onChange={setScopes} w="100%">
        <div className={styles.scopes}>
          {session?.permissions.map((scope) => (
            <Checkbox key={scope} value={scope} label={t(`scope.${scope}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        type="date"
        label={t("settings.ends")}
        description={t("settings.ends_text")}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <ProblemNote error={make.error} />
      <Button type="submit" loading={make.isPending} disabled={name === "" || scopes.length === 0}>
        {t("settings.make_key")}
      </Button>
    </form>
  );
}
