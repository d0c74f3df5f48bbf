import type { Column, FlowEdge } from "@desireline/map-core";
import { IconDiamond, IconFlagFilled, IconSignRight } from "@tabler/icons-react";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { EvidenceMark } from "../marks/EvidenceMark.tsx";
import { FoundContext } from "../state/found_context.ts";
import { useLook, useMap } from "../state/map_context.ts";
import { useTouchpointWords } from "../state/touchpoint_words.ts";
import styles from "./road.module.css";
import { StopFigures } from "./StopFigures.tsx";

interface Props {
  column: Column;
  onward: FlowEdge | null; // step to the next touchpoint of the map
  leaving: FlowEdge | null; // journeys that end here
  most: number; // journeys at the busiest touchpoint
  last: boolean;
}

const WIDEST = 40;
const WORTH = 0.1; // ways aside that fewer take than this share are left to the panel
const MOST_ASIDE = 2;

/** One touchpoint on the way: the way at the left, its name and numbers at the right. */
export function RoadStop({ column, onward, leaving, most, last }: Props) {
  const { file, formats, open, notable, column: byKey } = useMap();
  const { flow } = useLook();
  const { t } = useTranslation();
  const small = useTouchpointWords();
  const found = useContext(FoundContext);
  const lanes = file.map.lanes.filter((lane) => lane.cells[column.key] !== undefined);
  const f = column.figures;
  const aside = flow
    .filter((e) => e.from === column.key && e !== onward && e.to !== null && e.to !== column.key)
    .filter((e) => e.journeys >= WORTH * (f?.journeys ?? 0))
    .slice(0, MOST_ASIDE);
  const later = onward?.wait.p50 ?? null;
  const stands = notable.get(column.key) !== undefined;
  return (
    <li className={styles.stop}>
      <Way edge={onward} most={most} node={f?.journeys ?? 0} last={last} />
      <div className={styles.words}>
        <button type="button" data-cell={`road:${column.key}`} onClick={() => open(column.key)}>
          <b>{column.name}</b>
          {column.touchpoint.milestone && (
            <IconSignRight size={13} aria-label={t("touchpoint.milestone")} />
          )}
          {column.touchpoint.moment_of_truth && (
            <IconDiamond size={13} aria-label={t("touchpoint.moment")} />
          )}
          {stands && <IconFlagFilled size={12} aria-label={t("figure.stands")} />}
          {f?.evidence === "stale" && <EvidenceMark evidence="stale" />}
          <span>
            {small(column)}
          </span>
        </button>
        {f && <StopFigures column={column} figures={f} />}
        {found !== null && <found.Chips touchpoint={column.key} />}
        {[...(leaving ? [leaving] : []), ...aside].map((edge) => (
          <p key={edge.to} className={`${styles.exit} num`}>
            <Split edge={edge} most={most} />
            {leads(edge)}
          </p>
        ))}
        {lanes.length > 0 && (
          <details className={styles.lanes}>
            <summary>{lanes.map((lane) => lane.name).join(" · ")}</summary>
            <dl>
              {lanes.map((lane) => (
                <div key={lane.key}>
                  <dt>{lane.name}</dt>
                  <dd>
                    <EvidenceMark
                      evidence={lane.cells[column.key]!.evidence}
                      n={lane.cells[column.key]!.n ?? null}
                    />
                    {lane.cells[column.key]!.text}
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        )}
        {later !== null && (
          <p className={`${styles.wait} num`}>
            {t("panel.later", { wait: formats.duration(later) })}
          </p>
        )}
      </div>
    </li>
  );

  function leads(edge: FlowEdge): string {
    const to = edge.to === null ? undefined : byKey.get(edge.to);
    const kind = to === undefined ? "ends" : to.index < column.index ? "back" : "skip";
    return t(`road.${kind}`, {
      n: formats.count(edge.journeys),
      count: edge.journeys,
      name: to?.name,
    });
  }
}

/** The paved line, and the crowd that walks on to the next touchpoint. */
function Way({
  edge,
  most,
  node,
  last,
}: {
  edge: FlowEdge | null;
  most: number;
  node: number;
  last: boolean;
}) {
  const width = edge === null ? 0 : Math.max(2, (edge.journeys / most) * WIDEST);
  const share = edge === null || edge.journeys === 0 ? 0 : edge.with_outcome / edge.journeys;
  return (
    <span className={styles.way} aria-hidden>
      {!last && <i className={styles.paved} />}
      {!last && (
        <span className={styles.crowd} style={{ width }}>
          <i className={styles.with} style={{ flexGrow: share }} />
          <i className={styles.without} style={{ flexGrow: 1 - share }} />
        </span>
      )}
      <i className={styles.node} style={{ width: Math.max(8, (node / most) * WIDEST) }} />
    </span>
  );
}

/** A small bar in the two colours of the outcome. */
function Split({ edge, most }: { edge: FlowEdge; most: number }) {
  const share = edge.journeys === 0 ? 0 : edge.with_outcome / edge.journeys;
  return (
    <span
      className={styles.split}
      style={{ width: Math.max(3, (edge.journeys / most) * 96) }}
      aria-hidden
    >
      <i className={styles.with} style={{ flexGrow: share }} />
      <i className={styles.without} style={{ flexGrow: 1 - share }} />
    </span>
  );
}
