import { type Column, ruleInWords } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./panel.module.css";
import { Section } from "./Section.tsx";

/** What the touchpoint is: its rule in words and as code, and who answers for it. */
export function About({ column }: { column: Column }) {
  const { formats } = useMap();
  const { t } = useTranslation();
  const point = column.touchpoint;
  const words = ruleInWords(point.rule, (key, values) => t(key, values ?? {}));
  const bound = (key: string, seconds: number | null | undefined): string | null =>
    seconds === null || seconds === undefined ? null : t(key, { wait: formats.duration(seconds) });
  const bounds = [
    bound("about.not_before", point.not_before_seconds),
    bound("about.not_after", point.not_after_seconds),
  ].filter((text) => text !== null);
  const facts: [string, string | null | undefined][] = [
    [t("about.kind"), t(`touchpoint.${point.kind}`)],
    [t("about.channel"), point.channel],
    [t("about.initiator"), point.initiator],
    [t("about.recipient"), point.recipient],
    [t("about.owner"), point.owner],
    [t("about.bounds"), bounds.join(", ")],
    [t("touchpoint.milestone"), point.milestone ? t("touchpoint.milestone_means") : null],
    [t("about.moment"), point.moment_of_truth ? t("touchpoint.moment") : null],
    [t("about.first"), column.figures?.first_at && formats.moment(column.figures.first_at)],
    [t("about.last"), column.figures?.last_at && formats.moment(column.figures.last_at)],
  ];
  return (
    <Section name={t("panel.about")}>
      {point.description && <p className={styles.description}>{point.description}</p>}
      <p className={styles.rule}>
        {words === null ? t("about.rule_code") : t("about.rule", { words })}
      </p>
      <details className={styles.code}>
        <summary>{t("about.code")}</summary>
        <pre>{JSON.stringify(point.rule, null, 2)}</pre>
      </details>
      <dl className={styles.words}>
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="num">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </Section>
  );
}
