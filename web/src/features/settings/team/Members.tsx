import { Button, MultiSelect, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, type Shapes, told } from "../../../api/client.ts";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { say, sayUndo } from "../../../ui/say.tsx";
import { type Member, useMember } from "../../session/queries.ts";
import styles from "../settings.module.css";
import { departmentsQuery, membersQuery } from "./queries.ts";
import { type Role, ROLES } from "./roles.ts";

type Change = Partial<Shapes["MemberChange"]>;

/** All members, with what they may do; who leaves is switched off first, and may come back. */
export function Members() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, isPending } = useQuery(membersQuery);
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ["team"] });
  const change = useMutation({
    mutationFn: ({ number, ...body }: Change & { number: number }) =>
      told(api.PATCH("/v1/members/{number}", { params: { path: { number } }, body })),
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: (member: Member) =>
      told(api.DELETE("/v1/members/{number}", { params: { path: { number: member.id } } })),
    onSuccess: (_, member) => say(t("settings.member_gone", { name: member.name })),
    onSettled: again,
  });
  const switchOff = (member: Member): void =>
    change.mutate(
      { number: member.id, active: false },
      {
        onSuccess: () =>
          sayUndo(t("settings.member_off", { name: member.name }), () =>
            change.mutate({ number: member.id, active: true }),
          ),
      },
    );
  return (
    <>
      <ProblemNote error={error ?? change.error ?? remove.error} />
      {isPending && <Rows n={3} />}
      <ul className={styles.list}>
        {data?.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            change={(body) => change.mutate({ number: member.id, ...body })}
            switchOff={() => switchOff(member)}
            remove={() => remove.mutate(member)}
          />
        ))}
      </ul>
    </>
  );
}

interface Row {
  member: Member;
  change: (body: Change) => void;
  switchOff: () => void;
  remove: () => void;
}

function MemberRow({ member, change, switchOff, remove }: Row) {
  const { t } = useTranslation();
  const formats = useFormats();
  const me = useMember();
  const { data: departments } = useQuery(departmentsQuery);
  return (
    <li>
      <div data-off={member.active ? undefined : ""}>
        <b>{member.name}</b>
        <p>
          {member.email}
          {member.active ? "" : `, ${t("settings.off")}`}
          {member.seen_at === null ? "" : `, ${agoNow(formats, member.seen_at)}`}
        </p>
      </div>
      {(departments?.length ?? 0) > 0 && (
        <MultiSelect
          size="xs"
          w={200}
          aria-label={t("settings.departments_of", { name: member.name })}
          placeholder={member.departments.length === 0 ? t("settings.departments") : ""}
          data={departments?.map((one) => ({ value: String(one.id), label: one.name })) ?? []}
          value={member.departments.map((one) => String(one.id))}
          onChange={(chosen) => change({ departments: chosen.map(Number) })}
        />
      )}
      <NativeSelect
        size="xs"
        aria-label={t("settings.role_of", { name: member.name })}
        value={member.role}
        data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        onChange={(event) => change({ role: event.currentTarget.value as Role })}
      />
      {me?.id !== member.id &&
        (member.active ? (
          <Button variant="default" size="compact-sm" onClick={switchOff}>
            {t("settings.switch_off")}
          </Button>
        ) : (
          <>
            <Button variant="default" size="compact-sm" onClick={() => change({ active: true })}>
              {t("settings.switch_on")}
            </Button>
            <Button variant="default" size="compact-sm" onClick={remove}>
              {t("settings.remove")}
            </Button>
          </>
        ))}
    </li>
  );
}
