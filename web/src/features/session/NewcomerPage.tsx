import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../api/client.ts";
import { inWords, Problem } from "../../api/problem.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Gate } from "./Gate.tsx";
import styles from "./session.module.css";
import { useEnter } from "./use_enter.ts";

const welcome = getRouteApi("/welcome");
const join = getRouteApi("/join");

interface Newcomer {
  name: string;
  email: string;
  password: string;
}

/** The first person makes the owner's account, by the link that the server has printed. */
export function WelcomePage() {
  const { t } = useTranslation();
  const { token } = welcome.useSearch();
  return (
    <Gate title={t("session.welcome")} lead={t("session.welcome_text")}>
      <NewcomerForm
        withEmail
        send={(who) => told(api.POST("/v1/first-owner", { body: { ...who, token } }))}
      />
    </Gate>
  );
}

/** Somebody who was invited becomes a member. */
export function JoinPage() {
  const { t } = useTranslation();
  const { token } = join.useSearch();
  return (
    <Gate title={t("session.join")} lead={t("session.join_text")}>
      <NewcomerForm
        send={({ name, password }) =>
          told(api.POST("/v1/invitations/accept", { body: { token, name, password } }))
        }
      />
    </Gate>
  );
}

/** The field that an error of the server belongs to. */
const PLACES: Record<string, keyof Newcomer> = {
  member_name_unfit: "name",
  email_unfit: "email",
  password_unfit: "password",
};

interface Props {
  withEmail?: boolean;
  send: (who: Newcomer) => Promise<unknown>;
}

function NewcomerForm({ withEmail = false, send }: Props) {
  const { t } = useTranslation();
  const enter = useEnter();
  const [who, setWho] = useState<Newcomer>({ name: "", email: "", password: "" });
  const sent = useMutation({ mutationFn: () => send(who), onSuccess: enter });
  const place = sent.error instanceof Problem ? PLACES[sent.error.code] : undefined;
  const wrong = (field: keyof Newcomer): string | undefined =>
    place === field ? inWords(sent.error) : undefined;
  const field = (name: keyof Newcomer) => ({
    value: who[name],
    error: wrong(name),
    required: true,
    onChange: (event: { currentTarget: { value: string } }): void => {
      const { value } = event.currentTarget;
      setWho((before) => ({ ...before, [name]: value }));
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    sent.mutate();
  };
  const isOver = sent.error instanceof Problem && sent.error.code === "link_used_up";
  return (
    <form onSubmit={go} className={styles.form}>
      <TextInput label={t("session.name")} autoComplete="name" autoFocus {...field("name")} />
      {withEmail && (
        <TextInput label={t("session.email")} type="email" autoComplete="username" {...field("email")} />
      )}
      <PasswordInput
        label={t("session.password")}
        description={t("session.password_text")}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
        {...field("password")}
      />
      {place === undefined && <ProblemNote error={sent.error} />}
      {isOver && <Link to="/sign-in">{t("session.sign_in")}</Link>}
      <Button type="submit" loading={sent.isPending}>
        {t(withEmail ? "session.own" : "session.enter")}
      </Button>
    </form>
  );
}
