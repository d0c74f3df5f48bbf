import type { MomentOfTruth, Touchpoint } from "@desireline/map-core";
import { Select, Switch, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ScoreField } from "../../cells/ScoreField.tsx";
import styles from "../panel.module.css";
import { Part } from "../Part.tsx";
import { useSet } from "../use_set.ts";
import { Goals } from "./Goals.tsx";
import { Votes } from "./Votes.tsx";

const STATUSES = ["nominated", "confirmed", "refuted", "undecided"] as const;
const BLANK: MomentOfTruth = { to_customer: null, to_company: null, status: "nominated", reason: "" };

/** How much the touchpoint decides: its importances, what people vote, and whose goals meet here. */
export function WeightTab({ point }: { point: Touchpoint }) {
  const { t } = useTranslation();
  const { put, may } = useSet("touchpoint", point.key);
  const moment = point.moment_of_truth;
  const say = (part: Partial<MomentOfTruth>, group?: string): void =>
    put("moment_of_truth", { ...(moment ?? BLANK), ...part }, group);
  return (
    <div className={styles.stack}>
      <Part name={t("touchpoint.moment")}>
        <fieldset className={styles.stack} disabled={!may}>
          <Switch
            size="xs"
            label={t("fields.is_moment")}
            description={t("fields.moment_means")}
            checked={moment !== null}
            onChange={(event) => put("moment_of_truth", event.currentTarget.checked ? BLANK : null)}
          />
          {moment !== null && (
            <>
              <ScoreField label={t("fields.to_customer")} value={moment.to_customer} onChange={(to_customer) => say({ to_customer })} />
              <ScoreField label={t("fields.to_company")} value={moment.to_company} onChange={(to_company) => say({ to_company })} />
              <Select
                size="xs"
                label={t("fields.status")}
                allowDeselect={false}
                data={STATUSES.map((status) => ({ value: status, label: t(`fields.status_${status}`) }))}
                value={moment.status}
                onChange={(status) => say({ status: status as MomentOfTruth["status"] })}
              />
              <Textarea
                size="xs"
                autosize
                minRows={1}
                maxRows={6}
                label={t("fields.reason")}
                value={moment.reason}
                onChange={(event) => say({ reason: event.currentTarget.value }, `moment/${point.key}`)}
              />
            </>
          )}
        </fieldset>
      </Part>
      <Votes point={point} onTake={(scores) => say(scores)} />
      <Goals point={point} />
    </div>
  );
}
