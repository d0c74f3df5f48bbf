import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../api/client.ts";
import { Problem } from "../../api/problem.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Gate } from "./Gate.tsx";
import { OtherWays } from "./OtherWays.tsx";
import { doorQuery } from "./queries.ts";
import styles from "./session.module.css";
import { useEnter } from "./use_enter.ts";

const route = getRouteApi("/sign-in");
/** What can go wrong on the way to a provider and back, as the address says it. */
const KNOWN = new Set(["account_unknown", "link_used_up"]);
const CODES = new Set(["second_factor_needed", "second_factor_wrong"]);

/** The way in: address and password, a code where one is wanted, or another way. */
export function SignInPage() {
  const { t } = useTranslation();
  const { data: door } = useQuery(doorQuery);
  const { problem } = route.useSearch();
  if (door?.first_owner_needed && !door.open)
    return (
      <Gate title={t("session.unowned")} lead={t("session.unowned_text")}>
        <OtherWays door={door} />
      </Gate>
    );
  return (
    <Gate title={t("session.sign_in")}>
      {problem !== undefined && (
        <ProblemNote error={new Error(t(`session.${KNOWN.has(problem) ? problem : "provider_failed"}`))} />
      )}
      <PasswordForm />
      {door !== undefined && <OtherWays door={door} />}
    </Gate>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const { to } = route.useSearch();
  const enter = useEnter(to);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const signIn = useMutation({
    mutationFn: () => told(api.POST("/v1/session", { body: { email, password, code } })),
    onSuccess: enter,
  });
  const refused = signIn.error instanceof Problem ? signIn.error.code : "";
  const [wantsCode, setWantsCode] = useState(false);
  if (CODES.has(refused) && !wantsCode) setWantsCode(true);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={go} className={styles.form}>
      <TextInput
        label={t("session.email")}
        type="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("session.password")}
        autoComplete="current-password"
        required
        value={password}
        visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {wantsCode && (
        <TextInput
          label={t("session.code")}
          description={t("session.code_text")}
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      {refused !== "second_factor_needed" && <ProblemNote error={signIn.error} />}
      <Button type="submit" loading={signIn.isPending}>
        {t("session.sign_in")}
      </Button>
    </form>
  );
}
