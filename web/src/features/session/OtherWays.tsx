import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../api/client.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { hasPasskeys, isCancelled, signInByPasskey } from "./passkeys.ts";
import styles from "./session.module.css";
import { useEnter } from "./use_enter.ts";

const route = getRouteApi("/sign-in");

/** Ways in beside the password: passkeys, accounts elsewhere, the token of whoever runs the server. */
export function OtherWays({ door }: { door: Shapes["Door"] }) {
  const { t } = useTranslation();
  const { to, wrong } = route.useSearch();
  const enter = useEnter(to);
  const passkey = useMutation({ mutationFn: signInByPasskey, onSuccess: enter });
  return (
    <div className={styles.others}>
      {door.passkeys && hasPasskeys() && (
        <Button variant="default" loading={passkey.isPending} onClick={() => passkey.mutate()}>
          {t("session.by_passkey")}
        </Button>
      )}
      {door.sign_in_with.map((way) => (
        <Button
          key={way.name}
          component="a"
          variant="default"
          href={`/v1/oidc/${encodeURIComponent(way.name)}/start`}
        >
          {t("session.by_account", { name: way.label })}
        </Button>
      ))}
      {!isCancelled(passkey.error) && <ProblemNote error={passkey.error} />}
      <details open={wrong === true || door.first_owner_needed}>
        <summary>{t("session.by_token")}</summary>
        <form method="post" action="/sign-in" className={styles.form}>
          <PasswordInput
            id="token"
            name="token"
            label={t("session.token")}
            description={t("session.token_text")}
            required
            error={wrong === true ? t("session.token_wrong") : undefined}
            visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
          />
          <Button type="submit" variant="default">
            {t("session.sign_in")}
          </Button>
        </form>
      </details>
    </div>
  );
}
