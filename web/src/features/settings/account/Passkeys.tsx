import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import { hasPasskeys, isCancelled, makePasskey } from "../../session/passkeys.ts";
import { doorQuery } from "../../session/queries.ts";
import { Block } from "../Block.tsx";
import styles from "../settings.module.css";

const KEY = ["passkeys"];

/** Passkeys of the member; a new one where browsers make them for this address. */
export function Passkeys() {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const { data: door } = useQuery(doorQuery);
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await told(api.GET("/v1/passkeys", { signal }))).passkeys,
  });
  const drop = useMutation({
    mutationFn: (number: number) =>
      told(api.DELETE("/v1/passkeys/{number}", { params: { path: { number } } })),
    onSuccess: () => say(t("settings.passkey_gone")),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const possible = door?.passkeys === true && hasPasskeys();
  return (
    <Block
      title={t("settings.passkeys")}
      text={t(possible ? "settings.passkeys_text" : "settings.passkeys_none")}
    >
      <ProblemNote error={error ?? drop.error} />
      <ul className={styles.list}>
        {data?.map((one) => (
          <li key={one.id}>
            <div>
              <b>{one.name}</b>
              <p>
                {one.used_at === null
                  ? t("settings.never_used")
                  : t("settings.used", { ago: agoNow(formats, one.used_at) })}
              </p>
            </div>
            <Button variant="default" size="compact-sm" onClick={() => drop.mutate(one.id)}>
              {t("settings.drop")}
            </Button>
          </li>
        ))}
      </ul>
      {possible && <NewPasskey made={() => void client.invalidateQueries({ queryKey: KEY })} />}
    </Block>
  );
}

function NewPasskey({ made }: { made: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const make = useMutation({
    mutationFn: () => makePasskey(name),
    onSuccess: () => {
      setName("");
      made();
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form className={styles.form} onSubmit={go}>
      <TextInput
        label={t("settings.passkey_name")}
        value={name}
        placeholder={t("settings.passkey_example")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {!isCancelled(make.error) && <ProblemNote error={make.error} />}
      <Button type="submit" variant="default" loading={make.isPending}>
        {t("settings.passkey_make")}
      </Button>
    </form>
  );
}
