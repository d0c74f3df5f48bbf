import { Button } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { speaking } from "../../app/spoken/rooms.ts";
import { useFormats } from "../../app/formats.ts";
import { Rows } from "../../ui/Rows.tsx";
import { idOf } from "./board.ts";
import { useBoard, useTouchpoint } from "./context.ts";
import { FoundBy } from "./FoundBy.tsx";
import styles from "./improve.module.css";
import { ImprovementForm } from "./ImprovementForm.tsx";
import { Facts } from "./OpportunityCard.tsx";
import type { Improvement, Opportunity } from "./queries.ts";

const loadEffect = speaking(["explore"], () => import("./EffectView.tsx"));
const EffectView = lazy(async () => ({ default: (await loadEffect()).EffectView }));
const NeededView = lazy(async () => ({ default: (await import("./NeededView.tsx")).NeededView }));

/** An improvement: what is done, for whom, and what it has changed or how that will be seen. */
export function ImprovementCard({ one }: { one: Improvement }) {
  const { t } = useTranslation();
  const { may, opportunities, open } = useBoard();
  const [editing, edit] = useState(false);
  const of = opportunities.find((it) => it.id === one.opportunity);
  if (editing && of !== undefined)
    return <ImprovementForm opportunity={of} one={one} done={() => edit(false)} />;
  return (
    <div className={styles.open}>
      {one.words !== "" && <p className={styles.prose}>{one.words}</p>}
      <Suspense fallback={<Rows n={3} />}>
        {one.deployed_at === null ? <NeededView one={one} /> : <EffectView number={one.id} />}
      </Suspense>
      <ImprovementFacts one={one} of={of} />
      <div className={styles.buttons}>
        {may && (
          <Button size="xs" variant="default" onClick={() => edit(true)}>
            {t("improve.edit")}
          </Button>
        )}
        {of !== undefined && (
          <Button size="xs" variant="subtle" onClick={() => open(idOf("opportunity", of.id))}>
            {t("improve.to_opportunity")}
          </Button>
        )}
      </div>
    </div>
  );
}

function ImprovementFacts({ one, of }: { one: Improvement; of: Opportunity | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const touchpoint = useTouchpoint();
  const { reach, measure } = one;
  const share = reach.who === "random" ? formats.share(reach.share) : "";
  const name = reach.who === "property" || reach.who === "source" ? reach.name : "";
  const value = reach.who === "property" ? String(reach.value) : "";
  const counts = measure.counts ?? "rate";
  const said = (rule: Improvement["measure"]["entered"]): string =>
    typeof rule === "string" ? rule : JSON.stringify(rule);
  const entered = measure.entered ?? (one.touchpoint === "" ? t("improve.entered_none") : touchpoint(one.touchpoint));
  const reached = measure.reached === null || measure.reached === undefined ? t("improve.the_outcome") : said(measure.reached);
  const day = (at: string | null): string => (at === null ? t("improve.unsaid") : formats.moment(at));
  return (
    <Facts
      facts={[
        ["state", t(`improve.column_${one.state}`)],
        ["owner", one.owner || t("improve.unsaid")],
        ["department", one.department || t("improve.unsaid")],
        ["due", one.due_at === null ? t("improve.unsaid") : formats.period(one.due_at, one.due_at)],
        ["deployed_at", day(one.deployed_at)],
        ["reach", t(`improve.reach_${reach.who}_said`, { share, name, value })],
        [
          "measure",
          t(counts === "rate" ? "improve.measured_by" : `improve.measured_${counts}`, {
            entered: typeof entered === "string" ? entered : said(entered),
            reached,
            wait: formats.duration(measure.within_days * 86_400),
          }),
        ],
        ...(of === undefined ? [] : [["found", <FoundBy key="found" one={of} />] satisfies [string, ReactNode]]),
      ]}
    />
  );
}
