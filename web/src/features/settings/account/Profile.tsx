import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import type { Member } from "../../session/queries.ts";
import { Block } from "../Block.tsx";
import styles from "../settings.module.css";
import { useOwnChange } from "./use_own_change.ts";

/** What the others see of a member. */
export function Profile({ member }: { member: Member }) {
  const { t } = useTranslation();
  const [name, setName] = useState(member.name);
  const change = useOwnChange(() => say(t("settings.saved")));
  const go = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ name });
  };
  return (
    <Block title={t("settings.profile")} text={`${member.email}, ${t(`role.${member.role}`)}`}>
      <form className={styles.form} onSubmit={go}>
        <TextInput
          label={t("session.name")}
          value={name}
          required
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ProblemNote error={change.error} />
        <Button type="submit" variant="default" loading={change.isPending} disabled={name === member.name}>
          {t("settings.save")}
        </Button>
      </form>
    </Block>
  );
}
