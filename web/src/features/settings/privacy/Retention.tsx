import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shapes, told } from "../../../api/client.ts";
import { useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { sayUndo } from "../../../ui/say.tsx";
import styles from "../settings.module.css";

type Period = Shapes["PeriodOf"];
const KEY = ["retention"];

/** The periods; what is in none is kept for ever. */
export function Retention() {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: KEY });
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await told(api.GET("/v1/retention", { signal }))).periods,
  });
  const outdated = useQuery({
    queryKey: [...KEY, "outdated"],
    queryFn: ({ signal }) => told(api.GET("/v1/retention/outdated", { signal })),
  });
  const set = useMutation({
    mutationFn: (period: Period) => told(api.PUT("/v1/retention", { body: period })),
    onSettled: again,
  });
  const lift = useMutation({
    mutationFn: ({ what, type }: Period) =>
      told(api.DELETE("/v1/retention", { params: { query: { what, type } } })),
    onSuccess: (_, period) => sayUndo(t("settings.period_gone"), () => set.mutate(period)),
    onSettled: again,
  });
  const due = (outdated.data?.events ?? 0) + (outdated.data?.failed_events ?? 0);
  return (
    <>
      <ProblemNote error={error ?? lift.error} />
      {data?.length === 0 && <p>{t("settings.for_ever")}</p>}
      <ul className={styles.list}>
        {data?.map((one) => (
          <li key={`${one.what} ${one.type}`}>
            <div>
              <b>{one.type === "" ? t(`settings.${one.what}`) : one.type}</b>
              <p className="num">
                {t("settings.months", { n: formats.count(one.months), count: one.months })}
              </p>
            </div>
            <Button variant="default" size="compact-sm" onClick={() => lift.mutate(one)}>
              {t("settings.lift")}
            </Button>
          </li>
        ))}
      </ul>
      {due > 0 && <p className="num">{t("settings.due", { n: formats.count(due), count: due })}</p>}
      <NewPeriod set={(period) => set.mutate(period)} error={set.error} busy={set.isPending} />
    </>
  );
}

interface Setting {
  set: (period: Period) => void;
  error: unknown;
  busy: boolean;
}

function NewPeriod({ set, error, busy }: Setting) {
  const { t } = useTranslation();
  const [what, setWhat] = useState<Period["what"]>("event");
  const [type, setType] = useState("");
  const [months, setMonths] = useState(24);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    set({ what, type: what === "event" ? type.trim() : "", months });
  };
  return (
    <>
      <ProblemNote error={error} />
      <form className={styles.line} onSubmit={go}>
        <NativeSelect
          label={t("settings.what")}
          value={what}
          data={(["event", "failed_event"] as const).map((value) => ({ value, label: t(`settings.${value}`) }))}
          onChange={(event) => setWhat(event.currentTarget.value as Period["what"])}
        />
        {what === "event" && (
          <TextInput
            label={t("settings.of_type")}
            placeholder={t("settings.all_types")}
            value={type}
            onChange={(event) => setType(event.currentTarget.value)}
          />
        )}
        <NumberInput
          label={t("settings.months_label")}
          min={1}
          max={1200}
          w={120}
          value={months}
          onChange={(value) => setMonths(Number(value) || 1)}
        />
        <Button type="submit" variant="default" loading={busy}>
          {t("settings.set")}
        </Button>
      </form>
    </>
  );
}
