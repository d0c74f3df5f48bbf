import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import { Block } from "../Block.tsx";
import styles from "../settings.module.css";
import { useOwnChange } from "./use_own_change.ts";

/** A new password, for whoever knows the old one. */
export function Password() {
  const { t } = useTranslation();
  const [old, setOld] = useState("");
  const [password, setPassword] = useState("");
  const change = useOwnChange(() => {
    setOld("");
    setPassword("");
    say(t("settings.password_changed"));
  });
  const eye = { "aria-label": t("session.show_password") };
  const go = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ password, old_password: old });
  };
  return (
    <Block title={t("session.password")} text={t("settings.password_text")}>
      <form className={styles.form} onSubmit={go}>
        <PasswordInput
          label={t("settings.old_password")}
          autoComplete="current-password"
          value={old}
          visibilityToggleButtonProps={eye}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("settings.new_password")}
          description={t("session.password_text")}
          autoComplete="new-password"
          value={password}
          visibilityToggleButtonProps={eye}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ProblemNote error={change.error} />
        <Button type="submit" variant="default" loading={change.isPending} disabled={password === ""}>
          {t("settings.change_password")}
        </Button>
      </form>
    </Block>
  );
}
