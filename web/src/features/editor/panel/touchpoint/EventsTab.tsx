import { type Rule, type Touchpoint } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../../app/formats.ts";
import { ProblemNote } from "../../../../ui/ProblemNote.tsx";
import { useMay } from "../../../session/queries.ts";
import { useFigures } from "../../draft/figures.tsx";
import { useDraft, useEditor } from "../../draft/use_draft.ts";
import { RuleCount } from "../../rules/RuleCount.tsx";
import { RuleEditor } from "../../rules/RuleEditor.tsx";
import styles from "../panel.module.css";
import { Part } from "../Part.tsx";
import { touchpointsOf } from "../parts_of.ts";
import { shapeOf } from "../rule_steps.ts";
import { useSet } from "../use_set.ts";

/** Which events the touchpoint is, what that catches now, and what the map says of it. */
export function EventsTab({ point }: { point: Touchpoint }) {
  const { t } = useTranslation();
  const { key } = useEditor();
  const { map } = useDraft();
  const seesPersons = useMay("read_persons");
  const { put, may } = useSet("touchpoint", point.key);
  const names = new Map(touchpointsOf(map).map((one) => [one.key, one.name]));
  return (
    <div className={styles.stack}>
      <RuleEditor
        label={t("fields.rule_of", { name: point.name })}
        rule={point.rule}
        readOnly={!may}
        onChange={(rule: Rule) => put("rule", rule, `rule/${point.key}/${shapeOf(rule)}`)}
      />
      {seesPersons && <RuleCount rule={point.rule} map={key} touchpoint={point.key} names={names} />}
      <Figures touchpoint={point.key} />
    </div>
  );
}

/** The figures of the touchpoint in the draft as it stands. */
function Figures({ touchpoint }: { touchpoint: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { file, pending, error } = useFigures();
  const found = file?.figures.touchpoints.find((one) => one.key === touchpoint);
  if (error !== null && error !== undefined) return <ProblemNote error={error} />;
  if (found === undefined || found.visits === 0) return null;
  const rows: [string, string, string][] = [
    ["persons", formats.count(found.persons), t("figure.journeys_n", { n: formats.count(found.journeys), count: found.journeys })],
    ["reach", formats.share(found.reach.share), t("figure.of", { n: formats.count(found.reach.n) })],
    ["outcome", formats.share(found.outcome.share), t("figure.of", { n: formats.count(found.outcome.n) })],
    ["exit", formats.share(found.exit.share), t("figure.of", { n: formats.count(found.exit.n) })],
    ["loop", formats.share(found.loop.share), t("figure.of", { n: formats.count(found.loop.n) })],
  ];
  return (
    <Part name={t("fields.figures")}>
      <dl className={styles.figures} data-old={pending || undefined}>
        {rows.map(([name, value, of]) => (
          <div key={name} data-figure={name}>
            <dt data-tip={t(`figure.${name}_means`)}>{t(`figure.${name}`)}</dt>
            <dd className="num">
              <b>{value}</b> <span>{of}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
