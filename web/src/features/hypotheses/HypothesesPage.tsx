import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/Empty.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { useMay } from "../session/queries.ts";
import { GreyLedger } from "./GreyLedger.tsx";
import styles from "./hypotheses.module.css";
import { HypothesisForm } from "./HypothesisForm.tsx";
import { HypothesisRow } from "./HypothesisRow.tsx";
import { hypothesesQuery, type Hypothesis } from "./queries.ts";

/** The ledger: what one believes of customers, what would refute it, and what the log says so far. */
export function HypothesesPage() {
  const { t } = useTranslation();
  const may = useMay("edit_maps");
  const { data, error } = useQuery(hypothesesQuery);
  const [form, setForm] = useState<Hypothesis | "new" | null>(null);
  const running = data?.filter((one) => one.state === "running") ?? [];
  const away = data?.filter((one) => one.state === "dropped") ?? [];
  return (
    <Page
      title={t("hypotheses.title")}
      lead={t("hypotheses.lead")}
      actions={may && running.length > 0 && <Button onClick={() => setForm("new")}>{t("hypotheses.state")}</Button>}
    >
      <ProblemNote error={error} />
      {data === undefined && error === null && <Rows n={3} height={96} />}
      {data !== undefined && running.length === 0 && (
        <Empty picture={<GreyLedger />} title={t("hypotheses.none")} text={t("hypotheses.none_text")}>
          {may && <Button onClick={() => setForm("new")}>{t("hypotheses.state")}</Button>}
        </Empty>
      )}
      <ul className={styles.ledger}>
        {running.map((one) => (
          <HypothesisRow key={one.id} one={one} edit={() => setForm(one)} />
        ))}
      </ul>
      {away.length > 0 && (
        <details className={styles.away}>
          <summary>{t("hypotheses.away", { n: String(away.length), count: away.length })}</summary>
          <ul className={styles.ledger}>
            {away.map((one) => (
              <HypothesisRow key={one.id} one={one} edit={() => setForm(one)} />
            ))}
          </ul>
        </details>
      )}
      <Modal
        opened={form !== null}
        onClose={() => setForm(null)}
        title={t(form === "new" ? "hypotheses.state" : "hypotheses.edit")}
        closeButtonProps={{ "aria-label": t("hypotheses.close") }}
        transitionProps={{ duration: 120 }}
        size="lg"
      >
        {form !== null && (
          <HypothesisForm {...(form === "new" ? {} : { one: form })} done={() => setForm(null)} />
        )}
      </Modal>
    </Page>
  );
}
