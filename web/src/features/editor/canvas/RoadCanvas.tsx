import { ActionIcon, Button } from "@mantine/core";
import type { JourneyMap, MapChange, Stage, Touchpoint } from "@desireline/map-core";
import { IconDots, IconPlus } from "@tabler/icons-react";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../ui/Empty.tsx";
import { GreyMap } from "../../maps/GreyMap.tsx";
import { EvidenceMark } from "../../maps/marks/EvidenceMark.tsx";
import { LookContext, MapContext } from "../../maps/state/map_context.ts";
import type { Selected } from "../draft/selection.ts";
import { useActions, useDraft, useEditor } from "../draft/use_draft.ts";
import { AddLane, LaneKinds } from "./AddLane.tsx";
import { besideOf, CanvasContext, CanvasUi, cellOf, useCanvas, useUi } from "./canvas_ui.ts";
import { AddBox } from "./Floating.tsx";
import { InPlace } from "./InPlace.tsx";
import { LANE_ICONS } from "./lane_look.ts";
import { newTouchpoint } from "./making.ts";
import type { Movable } from "./moves.ts";
import { PartMenu } from "./PartMenu.tsx";
import styles from "./road.module.css";
import { useCanvasKeys } from "./use_canvas_keys.ts";
import type { Drag } from "./use_drag.ts";
import { useFigureScene } from "./use_figure_scene.ts";

/** Nothing is dragged on a narrow screen: menus move it. */
const NO_DRAG: Drag = { press: () => undefined, pickUp: () => undefined, key: () => false };

/** The draft on a narrow screen: stages are sections, touchpoints are rows that open. */
export function RoadCanvas({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const { map } = useDraft();
  const editor = useEditor();
  const { scene, look } = useFigureScene(map, editor.selection);
  const [ui] = useState(() => new CanvasUi());
  const root = useRef<HTMLDivElement>(null);
  const goTo = useCallback((cell: string) => {
    requestAnimationFrame(() => {
      const found = root.current?.querySelector<HTMLElement>(`[data-cell=${JSON.stringify(cell)}]`);
      found?.focus();
      found?.scrollIntoView({ block: "nearest" });
    });
  }, []);
  const keys = useCanvasKeys(editor, ui, goTo);
  const canvas = useMemo(() => ({ ui, may: editor.may, goTo, drag: NO_DRAG }), [ui, editor.may, goTo]);
  return (
    <MapContext value={scene}>
      <LookContext value={look}>
        <CanvasContext value={canvas}>
          <div ref={root} className={styles.road}>
            {map.stages.length === 0 && (
              <Empty title={t("canvas.none")} text={t("canvas.none_text")} picture={<GreyMap />}>
                <Button onClick={(event) => keys.add("touchpoint", event.currentTarget)}>
                  {t("canvas.add_first")}
                </Button>
              </Empty>
            )}
            {map.stages.map((stage, at) => (
              <StageSection key={stage.key} stage={stage} tint={(at % 5) + 1} map={map} onOpen={onOpen} />
            ))}
            <LaneList map={map} onOpen={onOpen} />
            <AddLane />
          </div>
          <AddBox />
          <PartMenu />
          <LaneKinds />
        </CanvasContext>
      </LookContext>
    </MapContext>
  );
}

interface SectionProps {
  stage: Stage;
  tint: number;
  map: JourneyMap;
  onOpen: () => void;
}

function StageSection({ stage, tint, map, onOpen }: SectionProps) {
  const { t } = useTranslation();
  const { ui, may } = useCanvas();
  const { selection } = useEditor();
  const add = (element: Element): void => {
    selection.select({ kind: "stage", key: stage.key });
    ui.set({
      asking: {
        anchor: besideOf(element),
        label: "canvas.touchpoint_name",
        make: addTo(stage.key),
      },
    });
  };
  return (
    <section aria-label={stage.name}>
      <h2 className={styles.stage} style={{ background: `var(--dl-stage-${tint})` }}>
        <Name of={{ part: "stage", key: stage.key }} name={stage.name} onOpen={onOpen} />
      </h2>
      <ol className={styles.stops}>
        {stage.touchpoints.map((touchpoint) => (
          <Stop key={touchpoint.key} touchpoint={touchpoint} map={map} onOpen={onOpen} />
        ))}
      </ol>
      {may && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={(event) => add(event.currentTarget)}
        >
          {t("canvas.add_touchpoint")}
        </Button>
      )}
    </section>
  );
}

const addTo = (stage: string) => (map: JourneyMap, name: string) => {
  const at = map.stages.find((one) => one.key === stage)?.touchpoints.length ?? 0;
  const [change, key] = newTouchpoint(map, name, { at, stage });
  return [change, `touchpoint:${key}`] as [MapChange, string];
};

function Stop({ touchpoint, map, onOpen }: { touchpoint: Touchpoint; map: JourneyMap; onOpen: () => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { key, name, channel } = touchpoint;
  const filled = map.lanes.filter((lane) => lane.cells[key] !== undefined).length;
  return (
    <li className={styles.stop}>
      <Name of={{ part: "touchpoint", key }} name={name} small={channel ?? ""} onOpen={onOpen} />
      {map.lanes.length > 0 && (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t("canvas.cells_of", { count: map.lanes.length, n: filled })}
        </button>
      )}
      {opened && (
        <ul className={styles.cells}>
          {map.lanes.map((lane) => {
            const cell = lane.cells[key];
            return (
              <li key={lane.key}>
                <Opening select={{ kind: "cell", lane: lane.key, touchpoint: key }} onOpen={onOpen}>
                  <b>{lane.name}</b>
                  <span>
                    {cell !== undefined && <EvidenceMark evidence={cell.evidence} n={cell.n ?? null} />}
                    {cell?.text || t("canvas.empty_cell")}
                  </span>
                </Opening>
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}

/** The name of a part, which opens it; its menu beside it. */
function Name({ of, name, small = "", onOpen }: { of: Movable; name: string; small?: string; onOpen: () => void }) {
  const { t } = useTranslation();
  const { ui, may, goTo } = useCanvas();
  const { edit } = useActions();
  const cell = cellOf(of);
  const editing = useUi((state) => state.editing === cell);
  const rename = (said: string | null): void => {
    ui.set({ editing: null });
    if (said) edit({ type: "set", part: of.part, key: of.key, field: "name", value: said });
    goTo(cell);
  };
  if (editing) return <InPlace value={name} label={t("canvas.name_of", { name })} onDone={rename} />;
  return (
    <>
      <Opening select={{ kind: of.part, key: of.key }} cell={cell} onOpen={onOpen}>
        <span>{name}</span>
        {small !== "" && <small>{small}</small>}
      </Opening>
      {may && (
        <ActionIcon
          variant="subtle"
          size={32}
          color="var(--dl-ink-soft)"
          aria-label={t("canvas.more", { name })}
          onClick={(event) => ui.set({ menu: { of, anchor: besideOf(event.currentTarget) } })}
        >
          <IconDots size={17} aria-hidden />
        </ActionIcon>
      )}
    </>
  );
}

interface OpeningProps {
  select: Selected;
  cell?: string;
  onOpen: () => void;
  children: ReactNode;
}

function Opening({ select, cell, onOpen, children }: OpeningProps) {
  const { selection } = useEditor();
  return (
    <button
      type="button"
      className={styles.opening}
      data-cell={cell}
      onClick={() => {
        selection.select(select);
        onOpen();
      }}
    >
      {children}
    </button>
  );
}

function LaneList({ map, onOpen }: { map: JourneyMap; onOpen: () => void }) {
  const { t } = useTranslation();
  if (map.lanes.length === 0) return null;
  return (
    <section aria-label={t("grid.lanes")}>
      <h2 className={styles.lanes}>{t("grid.lanes")}</h2>
      <ul className={styles.stops}>
        {map.lanes.map((lane) => {
          const Icon = LANE_ICONS[lane.kind]!;
          return (
            <li key={lane.key} className={styles.stop}>
              <Icon size={16} stroke={1.6} aria-hidden className={styles.icon} />
              <Name of={{ part: "lane", key: lane.key }} name={lane.name} onOpen={onOpen} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
