import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { sayUndo } from "../../../ui/say.tsx";
import styles from "../settings.module.css";
import { departmentsQuery } from "./queries.ts";

/** The parts of the company that own touchpoints. */
export function Departments() {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const { data, error } = useQuery(departmentsQuery);
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ["team"] });
  const add = useMutation({
    mutationFn: (named: string) => told(api.POST("/v1/departments", { body: { name: named } })),
    onSuccess: () => setName(""),
    onSettled: again,
  });
  const drop = useMutation({
    mutationFn: (one: { id: number; name: string }) =>
      told(api.DELETE("/v1/departments/{number}", { params: { path: { number: one.id } } })),
    onSuccess: (_, one) =>
      sayUndo(t("settings.department_gone", { name: one.name }), () => add.mutate(one.name)),
    onSettled: again,
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(name.trim());
  };
  return (
    <>
      <ProblemNote error={error ?? add.error ?? drop.error} />
      <ul className={styles.list}>
        {data?.map((one) => (
          <li key={one.id}>
            <div>
              <b>{one.name}</b>
              <p className="num">
                {t("settings.of_members", { n: formats.count(one.members), count: one.members })}
              </p>
            </div>
            {one.members === 0 && (
              <Button variant="default" size="compact-sm" onClick={() => drop.mutate(one)}>
                {t("settings.drop")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form className={styles.line} onSubmit={go}>
        <TextInput
          label={t("settings.department")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={add.isPending} disabled={name.trim() === ""}>
          {t("settings.add")}
        </Button>
      </form>
    </>
  );
}
