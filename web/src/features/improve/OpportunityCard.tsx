import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { idOf } from "./board.ts";
import { useBoard, useTouchpoint } from "./context.ts";
import { FoundBy } from "./FoundBy.tsx";
import styles from "./improve.module.css";
import { ImprovementForm } from "./ImprovementForm.tsx";
import { OpportunityForm } from "./OpportunityForm.tsx";
import type { Opportunity } from "./queries.ts";
import { Remedies } from "./Remedies.tsx";

/** A weak point or opportunity: what it is, what it is worth, what is done about it. */
export function OpportunityCard({ one }: { one: Opportunity }) {
  const { t } = useTranslation();
  const { map, may, improvements, open } = useBoard();
  const [form, setForm] = useState<"edit" | "plan" | null>(null);
  const close = (): void => setForm(null);
  if (form === "edit") return <OpportunityForm map={map} one={one} done={close} />;
  if (form === "plan") return <ImprovementForm opportunity={one} done={close} />;
  const done = improvements.filter((it) => it.opportunity === one.id && it.state !== "dropped");
  return (
    <div className={styles.open}>
      {one.words !== "" && <p className={styles.prose}>{one.words}</p>}
      <OpportunityFacts one={one} />
      <Remedies kind={String(one.found_in["kind"] ?? "")} />
      {done.length > 0 && (
        <section>
          <h3>{t("improve.what_is_done")}</h3>
          <ul className={styles.plain}>
            {done.map((it) => (
              <li key={it.id}>
                <button type="button" className={styles.door} onClick={() => open(idOf("improvement", it.id))}>
                  {it.title}
                </button>{" "}
                <span className={styles.soft}>{t(`improve.column_${it.state}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {may && (
        <div className={styles.buttons}>
          <Button size="xs" onClick={() => setForm("plan")}>
            {t("improve.plan")}
          </Button>
          <Button size="xs" variant="default" onClick={() => setForm("edit")}>
            {t("improve.edit")}
          </Button>
        </div>
      )}
    </div>
  );
}

function OpportunityFacts({ one }: { one: Opportunity }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const touchpoint = useTouchpoint();
  const score = (value: number | null | undefined): string =>
    value === null || value === undefined ? t("improve.unsaid") : `${value} / 5`;
  const by = `${one.made_by}, ${formats.moment(one.made_at)}`;
  const facts: [string, ReactNode][] = [
    ["touchpoint", one.touchpoint === "" ? t("improve.whole_map") : touchpoint(one.touchpoint)],
    ["effort", score(one.effort)],
    ["customer_value", score(one.customer_value)],
    ["business_value", score(one.business_value)],
    ["found", <FoundBy key="found" one={one} />],
    ["noted_by", by],
  ];
  return <Facts facts={facts} />;
}

/** Names and what they say, in two columns. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  const { t } = useTranslation();
  return (
    <dl className={`${styles.dl} num`}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`improve.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
