import type { Touchpoint } from "@desireline/map-core";
import { ActionIcon } from "@mantine/core";
import { IconDiamond, IconPlugConnectedX, IconPlus, IconSignRight } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useGrid } from "../../maps/grid/grid_context.ts";
import { shownIn } from "../../maps/grid/shown_in.ts";
import { useMap } from "../../maps/state/map_context.ts";
import styles from "./canvas.module.css";
import { besideOf, useCanvas } from "./canvas_ui.ts";
import { OpenCount } from "../discussion/OpenCount.tsx";
import { useEditor } from "../draft/use_draft.ts";
import { useLens } from "../panel/lens.ts";
import { isEmpty } from "./columns.ts";
import { newTouchpoint } from "./making.ts";
import type { Gap } from "./moves.ts";
import { PartCell } from "./PartCell.tsx";
import { template } from "./template.ts";

/** The touchpoints, with a place between each two where another is added. */
export function TouchpointRow() {
  const { t } = useTranslation();
  const { range, shown } = useGrid();
  const { column: known } = useMap();
  const firsts = firstColumns(shown);
  const last = shown.at(-1);
  return (
    <div role="row" className={styles.heads} style={{ gridTemplateColumns: template(shown.length) }}>
      <div role="columnheader" className={styles.corner} aria-colindex={1}>
        {t("canvas.touchpoints")}
      </div>
      {shownIn(shown, range).map(({ column, at }) =>
        isEmpty(column.key) ? (
          <EmptyHead key={column.key} at={at} stage={column.stage} cell={column.key} />
        ) : (
          <TouchpointHead
            key={column.key}
            touchpoint={column.touchpoint}
            at={at}
            stage={column.stage}
            place={at - firsts.get(column.stage)!}
            tint={column.tint}
            main={known.get(column.touchpoint.alternative_to ?? "")?.name ?? null}
          />
        ),
      )}
      <div role="gridcell" aria-colindex={shown.length + 2} className={styles.end}>
        {last !== undefined && !isEmpty(last.key) && (
          <AddHere gap={{ at: shown.length - firsts.get(last.stage)!, stage: last.stage }} />
        )}
      </div>
    </div>
  );
}

function firstColumns(shown: { stage: string }[]): Map<string, number> {
  const firsts = new Map<string, number>();
  for (const [at, { stage }] of shown.entries()) if (!firsts.has(stage)) firsts.set(stage, at);
  return firsts;
}

interface HeadProps {
  touchpoint: Touchpoint;
  at: number;
  stage: string;
  place: number;
  tint: number;
  main: string | null;
}

const TouchpointHead = memo(function TouchpointHead({ touchpoint, at, stage, place, tint, main }: HeadProps) {
  const { t } = useTranslation();
  const { key: map } = useEditor();
  const lens = useLens();
  const { key, name, rule, channel, optional, milestone, moment_of_truth, owner, goals } = touchpoint;
  const lit = lens === "" || owner === lens || (goals ?? []).some((goal) => goal.department === lens);
  const unbound = rule.type === "any" && (rule["rules"] as unknown[]).length === 0;
  const small = [channel, main === null ? null : t("touchpoint.instead", { name: main }), optional ? t("touchpoint.optional") : null];
  return (
    <PartCell
      moved={{ part: "touchpoint", key }}
      name={name}
      role="columnheader"
      column={at + 2}
      className={lit ? styles.head : `${styles.head} ${styles.dim}`}
      style={{ gridColumn: at + 2, background: `var(--dl-stage-${tint})` }}
    >
      <AddHere gap={{ at: place, stage }} before />
      <span className={styles.headName}>{name}</span>
      <span className={styles.headMeta}>
        {unbound && (
          <span className={styles.unbound} data-tip={t("canvas.unbound_means")}>
            <IconPlugConnectedX size={13} aria-hidden />
            {t("canvas.unbound")}
          </span>
        )}
        {milestone && (
          <span data-tip={t("touchpoint.milestone")}>
            <IconSignRight size={13} aria-label={t("touchpoint.milestone")} />
          </span>
        )}
        {moment_of_truth && (
          <span data-tip={t("touchpoint.moment")}>
            <IconDiamond size={12} aria-label={t("touchpoint.moment")} />
          </span>
        )}
        <OpenCount map={map} touchpoint={key} />
        <span className={styles.metaWords}>{small.filter(Boolean).join(" · ")}</span>
      </span>
    </PartCell>
  );
});

/** The place of a stage that has no touchpoint yet. */
function EmptyHead({ at, stage, cell }: { at: number; stage: string; cell: string }) {
  const { selection } = useEditor();
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is below
    <div
      role="columnheader"
      aria-colindex={at + 2}
      data-cell={`touchpoint:${cell}`}
      tabIndex={-1}
      className={styles.emptyHead}
      style={{ gridColumn: at + 2 }}
      onFocus={() => selection.select({ kind: "stage", key: stage })}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.target !== event.currentTarget) return;
        event.preventDefault();
        event.currentTarget.querySelector("button")?.click();
      }}
    >
      <AddHere gap={{ at: 0, stage }} spelled />
    </div>
  );
}

function AddHere({ gap, before = false, spelled = false }: { gap: Gap; before?: boolean; spelled?: boolean }) {
  const { t } = useTranslation();
  const { ui, may } = useCanvas();
  if (!may) return null;
  const words: ReactNode = spelled ? t("canvas.add_first") : null;
  return (
    <ActionIcon
      className={before ? styles.addBefore : styles.add}
      variant={before ? "filled" : "subtle"}
      size={before ? 20 : 24}
      w={spelled ? "auto" : undefined}
      px={spelled ? 8 : undefined}
      color={before ? "moss" : "var(--dl-ink-soft)"}
      tabIndex={before ? -1 : 0}
      aria-label={spelled ? undefined : t("canvas.add_touchpoint")}
      data-tip={t("canvas.add_touchpoint_key")}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onClick={(event) =>
        ui.set({
          asking: {
            anchor: besideOf(event.currentTarget),
            label: "canvas.touchpoint_name",
            make: (map, name) => {
              const [change, key] = newTouchpoint(map, name, gap);
              return [change, `touchpoint:${key}`];
            },
          },
        })
      }
    >
      <IconPlus size={15} aria-hidden />
      {words}
    </ActionIcon>
  );
}
