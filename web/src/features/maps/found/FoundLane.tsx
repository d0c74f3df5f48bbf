import { memo } from "react";
import { useTranslation } from "react-i18next";
import { GridCell } from "../grid/GridCell.tsx";
import { useGrid } from "../grid/grid_context.ts";
import { LaneRow } from "../grid/LaneRow.tsx";
import { shownIn } from "../grid/shown_in.ts";
import { useFound } from "../state/found_context.ts";
import { type Finding, heightOf, IN_A_CELL } from "./finding.ts";
import styles from "./found.module.css";
import { FoundIcon, FoundLink } from "./FoundLink.tsx";

const NOTHING: readonly Finding[] = [];

/** What the log says of each touchpoint: what hurts, what decides, why they leave. */
export const FoundLane = memo(function FoundLane() {
  const { range, shown } = useGrid();
  const { findings } = useFound();
  const { t } = useTranslation();
  return (
    <LaneRow
      name={t("findings.lane")}
      tip={t("findings.lane_means")}
      height={heightOf(findings)}
      className={styles.lane}
    >
      {shownIn(shown, range).map(({ column, at }) => (
        <GridCell
          key={column.key}
          row="found"
          at={at}
          column={column}
          door="found"
          {...(!findings.has(column.key) && { label: t("grid.empty") })}
          className={styles.cell}
        >
          <Told findings={findings.get(column.key) ?? NOTHING} />
        </GridCell>
      ))}
    </LaneRow>
  );
});

function Told({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation();
  const more = findings.length - IN_A_CELL;
  return (
    <>
      {findings.slice(0, IN_A_CELL).map((one) => (
        <FoundLink key={one.key} finding={one} className={styles.entry} aside>
          <FoundIcon finding={one} />
          <b>{one.name}</b>
          <span className="num">{one.small}</span>
        </FoundLink>
      ))}
      {more > 0 && <span className={styles.more}>{t("findings.more", { count: more })}</span>}
    </>
  );
}
