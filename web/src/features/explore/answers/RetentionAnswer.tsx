import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { behind, useAnswer } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { questionOf } from "../question.ts";
import { Answered } from "./Answered.tsx";
import { Door } from "./Door.tsx";

/** Cohorts at first; the newest. */
const SHOWN = 20;
type Cell = Shapes["RetentionPeriod"];

/** Who comes back: a row a cohort, a column a period; what is not over has no share. */
export function RetentionAnswer() {
  const { t } = useTranslation();
  const { view, formats } = useExplored();
  const question = questionOf("retention", view)!;
  const asked = useAnswer("retention", question);
  const [all, setAll] = useState(false);
  return (
    <Answered asked={asked} analysis="retention" question={question}>
      {(result) => (
        <div className={styles.scroll}>
          <table className={`${styles.table} ${styles.cohorts} num`}>
            <thead>
              <tr>
                <th scope="col">{t("explore.began")}</th>
                <th scope="col">{t("explore.began_n")}</th>
                {result.cells.map((cell) => (
                  <th scope="col" key={cell.period}>
                    {t(`explore.after_${result.period}`, { n: cell.period })}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Row name={t("explore.all")} n={result.n} cells={result.cells} question={question} />
              {result.cohorts.slice(all ? 0 : -SHOWN).map((one) => (
                <Row
                  key={one.begins_on}
                  cohort={one.begins_on}
                  name={formats.period(one.begin, one.begin)}
                  n={one.n}
                  cells={one.cells}
                  question={question}
                />
              ))}
            </tbody>
          </table>
          {!all && result.cohorts.length > SHOWN && (
            <Button variant="subtle" size="compact-sm" mt={8} onClick={() => setAll(true)}>
              {t("explore.earlier", { count: result.cohorts.length - SHOWN })}
            </Button>
          )}
        </div>
      )}
    </Answered>
  );
}

interface RowProps {
  name: string;
  cohort?: string;
  n: number;
  cells: Cell[];
  question: Shapes["RetentionQuestion"];
}

function Row({ name, cohort, n, cells, question }: RowProps) {
  const { formats } = useExplored();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{formats.count(n)}</td>
      {cells.map((cell) => (
        <Returned key={cell.period} name={name} cohort={cohort} cell={cell} question={question} />
      ))}
    </tr>
  );
}

interface ReturnedProps {
  name: string;
  cohort: string | undefined;
  cell: Cell;
  question: Shapes["RetentionQuestion"];
}

function Returned({ name, cohort, cell, question }: ReturnedProps) {
  const { t } = useTranslation();
  const { formats } = useExplored();
  if (cell.state !== "over" || cell.share === null)
    return (
      <td data-state={cell.state} title={t(`explore.state_${cell.state}`)}>
        {cell.state === "running" ? formats.count(cell.count) : ""}
      </td>
    );
  const where = { period: cell.period, ...(cohort === undefined ? {} : { cohort }) };
  const title = `${name} · ${t("explore.came_back", { n: cell.period })}`;
  const tint = Math.round(6 + cell.share * 46);
  return (
    <td
      style={{ background: `color-mix(in srgb, var(--dl-accent-fill) ${tint}%, var(--dl-surface))` }}
      title={`${formats.interval({ ...cell, share: cell.share })} · n ${formats.count(cell.n)}`}
    >
      <Door behind={behind("retention", question, where, title)}>{formats.share(cell.share)}</Door>
    </td>
  );
}
