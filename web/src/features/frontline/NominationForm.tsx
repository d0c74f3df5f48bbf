import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { useMember } from "../session/queries.ts";
import { departmentsQuery } from "../settings/team/queries.ts";
import styles from "./frontline.module.css";
import { OFTEN, type Place } from "./place.ts";
import { PlaceFields } from "./PlaceFields.tsx";
import { type Nomination, nominate } from "./queries.ts";

interface Props {
  begin: Place;
  sent: (nomination: Nomination) => void;
}

/** One large field; all else may be left out. */
export function NominationForm({ begin, sent }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const department = useDepartment();
  const [text, setText] = useState("");
  const [often, setOften] = useState("");
  const [place, setPlace] = useState({ map: begin.map ?? "", touchpoint: begin.touchpoint ?? "" });
  const send = useMutation({
    mutationFn: () =>
      nominate({
        text: text.trim(),
        department: department.value,
        touchpoint: place.touchpoint,
        ...(place.map !== "" && { map: place.map }),
        ...(often !== "" && { times_a_week: Number(often) }),
      }),
    onSuccess: async (nomination) => {
      sent(nomination);
      await client.invalidateQueries({ queryKey: ["nominations"] });
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form className={styles.form} onSubmit={go}>
      <Textarea
        size="md"
        label={t("frontline.what")}
        placeholder={t("frontline.example")}
        value={text}
        autosize
        minRows={4}
        maxLength={5000}
        required
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.fields}>
        <NativeSelect
          label={t("frontline.often")}
          value={often}
          data={[
            { value: "", label: t("frontline.unknown") },
            ...OFTEN.map(([name, times]) => ({ value: String(times), label: t(`frontline.${name}`) })),
          ]}
          onChange={(event) => setOften(event.currentTarget.value)}
        />
        {department.choices.length > 0 && (
          <NativeSelect
            label={t("frontline.department")}
            value={department.value}
            data={[{ value: "", label: t("frontline.unsaid") }, ...department.choices]}
            onChange={(event) => department.choose(event.currentTarget.value)}
          />
        )}
        <PlaceFields {...place} onChange={setPlace} />
      </div>
      <ProblemNote error={send.error} />
      <div>
        <Button type="submit" size="md" loading={send.isPending} disabled={text.trim() === ""}>
          {t("frontline.send")}
        </Button>
      </div>
    </form>
  );
}

const KEPT = "desireline.department";

/** For which department one speaks: one's own, or what one has said last here. */
export function useDepartment(): { value: string; choices: string[]; choose: (name: string) => void } {
  const { data } = useQuery(departmentsQuery);
  const member = useMember();
  const [chosen, setChosen] = useState<string | null>(() => window.localStorage.getItem(KEPT));
  const choices = (data ?? []).map((one) => one.name);
  const own = member?.departments[0]?.name;
  const value = chosen !== null && choices.includes(chosen) ? chosen : (own ?? "");
  const choose = (name: string): void => {
    window.localStorage.setItem(KEPT, name);
    setChosen(name);
  };
  return { value, choices, choose };
}
