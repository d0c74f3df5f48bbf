import type { Lane } from "@desireline/map-core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useGrid } from "../../maps/grid/grid_context.ts";
import { shownIn } from "../../maps/grid/shown_in.ts";
import styles from "./canvas.module.css";
import { isEmpty } from "./columns.ts";
import { EditCell } from "./EditCell.tsx";
import { LANE_ICONS } from "./lane_look.ts";
import { PartCell } from "./PartCell.tsx";
import { template } from "./template.ts";

const LINE = 18;
const LETTERS = 21; // in a line of a cell, on average
const MOST_LINES = 6;

/** Room for the longest cell, known before it is drawn, so that nothing jumps while one scrolls. */
function heightOf(lane: Lane): number {
  const longest = Math.max(0, ...Object.values(lane.cells).map((cell) => cell.text.length));
  return Math.min(MOST_LINES, Math.max(1, Math.ceil(longest / LETTERS))) * LINE + 22;
}

interface Props {
  lane: Lane;
  /** The lane as the figures fill it in; only of lanes that they fill in. */
  living: Lane | null;
  actors: Map<string, string>;
}

/** A lane: its name, and a cell at each touchpoint. */
export const EditLane = memo(function EditLane({ lane, living, actors }: Props) {
  const { t } = useTranslation();
  const { range, shown } = useGrid();
  const Icon = LANE_ICONS[lane.kind]!;
  const cells = living?.cells ?? lane.cells;
  return (
    <div
      role="row"
      data-lane={lane.key}
      className={styles.lane}
      style={{ gridTemplateColumns: template(shown.length), minHeight: heightOf(lane) }}
    >
      <PartCell
        moved={{ part: "lane", key: lane.key }}
        name={lane.name}
        role="rowheader"
        column={1}
        className={styles.laneName}
      >
        <span data-tip={t(`cells.kind_${lane.kind}`)} className={styles.laneIcon}>
          <Icon size={15} stroke={1.6} role="img" aria-label={t(`cells.kind_${lane.kind}`)} />
        </span>
        <span>{lane.name}</span>
      </PartCell>
      {shownIn(shown, range).map(({ column, at }) => (
        <EditCell
          key={column.key}
          lane={lane.key}
          laneName={lane.name}
          kind={lane.kind}
          touchpoint={isEmpty(column.key) ? null : column.key}
          at={at}
          cell={cells[column.key] ?? null}
          filled={living !== null}
          actors={actors}
        />
      ))}
    </div>
  );
});
