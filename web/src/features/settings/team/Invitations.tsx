import { Button, MultiSelect, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import { Shown } from "../Shown.tsx";
import styles from "../settings.module.css";
import { departmentsQuery, invitationsQuery } from "./queries.ts";
import { type Role, ROLES } from "./roles.ts";

/** Who is invited and has not come yet; and a new invitation, whose link is shown once. */
export function Invitations() {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const { data, error } = useQuery(invitationsQuery);
  const drop = useMutation({
    mutationFn: (number: number) =>
      told(api.DELETE("/v1/invitations/{number}", { params: { path: { number } } })),
    onSuccess: () => say(t("settings.invitation_gone")),
    onSettled: () => client.invalidateQueries({ queryKey: ["team"] }),
  });
  return (
    <>
      <ProblemNote error={error ?? drop.error} />
      <ul className={styles.list}>
        {data?.map((one) => (
          <li key={one.id}>
            <div>
              <b>{one.email}</b>
              <p>
                {t(`role.${one.role}`)}, {t("settings.until", { ago: agoNow(formats, one.until_at) })}
              </p>
            </div>
            <Button variant="default" size="compact-sm" onClick={() => drop.mutate(one.id)}>
              {t("settings.take_back")}
            </Button>
          </li>
        ))}
      </ul>
      <NewInvitation />
    </>
  );
}

/** A form for an invitation; its link is shown once. */
export function NewInvitation() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("editor");
  const [departments, setDepartments] = useState<string[]>([]);
  const { data: known } = useQuery(departmentsQuery);
  const invite = useMutation({
    mutationFn: () =>
      told(api.POST("/v1/invitations", { body: { email, role, departments: departments.map(Number) } })),
    onSuccess: async () => {
      setEmail("");
      await client.invalidateQueries({ queryKey: ["team"] });
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <>
      {invite.data !== undefined && (
        <Shown text={invite.data.link} says={t("settings.link", { email: invite.data.email })} />
      )}
      <ProblemNote error={invite.error} />
      <form className={styles.line} onSubmit={go}>
        <TextInput
          label={t("session.email")}
          type="email"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NativeSelect
          label={t("settings.role")}
          value={role}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
        />
        {(known?.length ?? 0) > 0 && (
          <MultiSelect
            label={t("settings.departments")}
            placeholder={departments.length === 0 ? t("settings.no_department") : ""}
            data={known?.map((one) => ({ value: String(one.id), label: one.name })) ?? []}
            value={departments}
            onChange={setDepartments}
            w={220}
          />
        )}
        <Button type="submit" loading={invite.isPending}>
          {t("settings.invite")}
        </Button>
      </form>
      <p>{t(`role.${role}_may`)}</p>
    </>
  );
}
