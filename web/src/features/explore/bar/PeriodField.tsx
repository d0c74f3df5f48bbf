import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

export interface Period {
  from?: string | undefined;
  to?: string | undefined;
  last?: number | undefined;
}

const LASTS = [7, 30, 90, 365];
type Kind = "all" | "own" | `${number}`;

const kindOf = ({ from, to, last }: Period): Kind => {
  if (last !== undefined) return `${last}`;
  return from === undefined && to === undefined ? "all" : "own";
};

/** Which period: all there is, the last days, or from one day to another. */
export function PeriodField({ period, change }: { period: Period; change: (period: Period) => void }) {
  const { t } = useTranslation();
  const told = kindOf(period);
  const [opened, setOpened] = useState(false);
  const kind = opened && told === "all" ? "own" : told;
  const lasts = [...new Set([...LASTS, ...(period.last === undefined ? [] : [period.last])])];
  const choose = (chosen: string): void => {
    setOpened(chosen === "own");
    if (chosen === "own") change({ from: period.from, to: period.to, last: undefined });
    else change({ from: undefined, to: undefined, last: chosen === "all" ? undefined : Number(chosen) });
  };
  return (
    <>
      <NativeSelect
        size="xs"
        label={t("explore.when")}
        value={kind}
        data={[
          { value: "all", label: t("explore.all_time") },
          ...lasts.map((n) => ({ value: `${n}`, label: t("explore.last_days", { count: n }) })),
          { value: "own", label: t("explore.own_days") },
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {kind === "own" && (
        <>
          <TextInput
            type="date"
            size="xs"
            label={t("explore.from")}
            value={period.from ?? ""}
            max={period.to}
            onChange={(event) => change({ ...period, from: event.currentTarget.value || undefined })}
          />
          <TextInput
            type="date"
            size="xs"
            label={t("explore.to")}
            value={period.to ?? ""}
            min={period.from}
            onChange={(event) => change({ ...period, to: event.currentTarget.value || undefined })}
          />
        </>
      )}
    </>
  );
}
