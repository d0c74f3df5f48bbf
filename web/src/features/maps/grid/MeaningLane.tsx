import type { Cell, Formats, Lane } from "@desireline/map-core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { EvidenceMark } from "../marks/EvidenceMark.tsx";
import { useMap } from "../state/map_context.ts";
import styles from "./grid.module.css";
import { useGrid } from "./grid_context.ts";
import { GridCell } from "./GridCell.tsx";
import { LaneRow } from "./LaneRow.tsx";
import { shownIn } from "./shown_in.ts";

const LINE = 18;
const LETTERS = 21; // in a line of a cell, on average
const MOST_LINES = 6;

/** Room for the longest cell, known before it is drawn, so that nothing jumps while one scrolls. */
function heightOf(lane: Lane): number {
  const longest = Math.max(0, ...Object.values(lane.cells).map((cell) => cell.text.length));
  return Math.min(MOST_LINES, Math.max(1, Math.ceil(longest / LETTERS))) * LINE + 20;
}

/** What a cell says: its words, or where it has none its number. */
const wordsOf = ({ text, value, unit }: Cell, formats: Formats): string =>
  text !== "" || value === undefined ? text : [formats.number(value), unit].filter(Boolean).join(" ");

/** A lane of meaning: plain words, each with the mark of its evidence. */
export const MeaningLane = memo(function MeaningLane({ lane }: { lane: Lane }) {
  const { t } = useTranslation();
  const { formats } = useMap();
  const { range, shown } = useGrid();
  return (
    <LaneRow name={lane.name} height={heightOf(lane)} className={styles.meaning}>
      {shownIn(shown, range).map(({ column, at }) => {
        const cell = lane.cells[column.key];
        return (
          <GridCell
            key={column.key}
            row={`lane-${lane.key}`}
            at={at}
            column={column}
            door="top"
            {...(cell === undefined && { label: t("grid.empty") })}
            className={styles.words}
          >
            {cell && (
              <>
                <EvidenceMark evidence={cell.evidence} n={cell.n ?? null} />
                <span
                  className={styles.text}
                  data-tip={cell.text.length > LETTERS * MOST_LINES ? cell.text : undefined}
                >
                  {wordsOf(cell, formats)}
                </span>
              </>
            )}
          </GridCell>
        );
      })}
    </LaneRow>
  );
});
