import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { figure } from "./figures.ts";
import styles from "./improve.module.css";
import { type Improvement, neededQuery } from "./queries.ts";

const DAY_SECONDS = 86_400;
/** Whoever must wait longer than this will not see it. */
const LONG_DAYS = 365;

/** Before it is deployed: how many must come, and how long that takes, until its effect is seen. */
export function NeededView({ one }: { one: Improvement }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error } = useQuery(neededQuery(one.id));
  const size = formats.number(one.smallest * 100);
  const isRate = data?.kind === "rate";
  return (
    <section className={styles.measured} aria-label={t("effect.before")}>
      <h3>{t("effect.before")}</h3>
      <ProblemNote error={error} />
      {data === undefined && error === null && <Rows n={2} height={20} />}
      {data !== undefined && (data.figure === null || data.needed === null) && <p>{t("effect.nobody")}</p>}
      {data !== undefined && data.figure !== null && data.needed !== null && (
        <>
          <p className="num">
            {t(isRate ? "effect.now" : "effect.now_mean", {
              share: figure(formats, data.kind, data.figure),
              n: formats.count(data.n),
              week: formats.count(Math.round(data.a_week ?? 0)),
            })}
          </p>
          <p className="num">
            {t(isRate ? "effect.needed" : "effect.needed_share", { size, n: formats.count(data.needed) })}{" "}
            {data.days === null
              ? t("effect.no_pace")
              : t(data.days > LONG_DAYS ? "effect.too_long" : "effect.takes", {
                  wait: formats.duration(Math.ceil(data.days) * DAY_SECONDS),
                })}
          </p>
        </>
      )}
      <p className={styles.soft}>{t(`effect.design_${one.reach.who}`)}</p>
    </section>
  );
}
