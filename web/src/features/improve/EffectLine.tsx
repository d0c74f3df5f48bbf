import { IconArrowDownRight, IconArrowUpRight, IconLineDashed } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { change } from "./figures.ts";
import styles from "./improve.module.css";
import { effectQuery } from "./queries.ts";

const ICONS = { helped: IconArrowUpRight, harmed: IconArrowDownRight } as const;

/** The effect of an improvement in one line: the verdict, the estimate, its limits. */
export function EffectLine({ number }: { number: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error } = useQuery(effectQuery(number));
  if (error !== null) return <p className={styles.facts}>{t("effect.not_yet")}</p>;
  if (data === undefined) return <p className={styles.facts}>{t("effect.asking")}</p>;
  const { verdict, estimate } = data;
  const low = data.any_time_low ?? data.low;
  const high = data.any_time_high ?? data.high;
  const Icon = verdict === "helped" || verdict === "harmed" ? ICONS[verdict] : IconLineDashed;
  const told = (value: number): string => change(formats, data.kind, value);
  const key = data.kind === "rate" ? "effect.points" : "effect.change";
  return (
    <p className={`${styles.effect} num`} data-verdict={verdict}>
      <Icon size={14} aria-hidden />
      <b>{t(`effect.${verdict}`)}</b>
      {estimate !== null && low !== null && high !== null && (
        <span>{t(key, { value: told(estimate), low: told(low), high: told(high) })}</span>
      )}
    </p>
  );
}
