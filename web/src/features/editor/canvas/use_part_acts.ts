import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { say } from "../../../ui/say.tsx";
import { useActions } from "../draft/use_draft.ts";
import type { Selected } from "../draft/selection.ts";
import { type Anchor, cellOf, useCanvas } from "./canvas_ui.ts";
import { copiedText } from "./clipboard.ts";
import { gapAfter, newStage, newTouchpoint, splitStageAt, splitTouchpoint, stageAfter } from "./making.ts";
import { gapOf, type Movable, nudged } from "./moves.ts";

export interface PartActs {
  rename: () => void;
  addTouchpoint: () => void;
  addStage: () => void;
  split: () => void;
  splitStage: () => void;
  merge: (into: string) => void;
  nudge: (step: 1 | -1) => void;
  copy: () => void;
  remove: () => void;
}

/** What can be done with a part, from a menu or by keys. */
export function usePartActs(of: Movable, anchor: Anchor): PartActs {
  const { t } = useTranslation();
  const { ui, goTo } = useCanvas();
  const { edit, remove, now } = useActions();
  return useMemo(() => {
    const here: Selected = { kind: of.part, key: of.key };
    return {
      rename: () => ui.set({ editing: cellOf(of) }),
      addTouchpoint: () =>
        ui.set({
          asking: {
            anchor,
            label: "canvas.touchpoint_name",
            make: (map, name) => {
              const [change, key] = newTouchpoint(map, name, gapAfter(map, here)!);
              return [change, `touchpoint:${key}`];
            },
          },
        }),
      addStage: () =>
        ui.set({
          asking: {
            anchor,
            label: "canvas.stage_name",
            make: (map, name) => {
              const [change, key] = newStage(map, name, stageAfter(map, here));
              return [change, `stage:${key}`];
            },
          },
        }),
      split: () =>
        ui.set({
          asking: {
            anchor,
            label: "canvas.split_name",
            make: (map, name) => {
              const [change, key] = splitTouchpoint(map, of.key, name);
              return [change, `touchpoint:${key}`];
            },
          },
        }),
      splitStage: () =>
        ui.set({
          asking: {
            anchor,
            label: "canvas.stage_name",
            make: (map, name) => {
              const [change, key] = splitStageAt(map, of.key, name);
              return [change, `stage:${key}`];
            },
          },
        }),
      merge: (into) => {
        const type = of.part === "stage" ? "merge_stages" : "merge_touchpoints";
        if (edit({ type, key: of.key, into })) goTo(cellOf({ part: of.part, key: into }));
      },
      nudge: (step) => {
        const change = nudged(now(), of, step);
        if (change !== null && edit(change)) goTo(cellOf(of));
      },
      copy: () => {
        const text = copiedText(now(), here);
        if (text === null) return;
        void navigator.clipboard?.writeText(text).then(() => say(t("canvas.copied")));
      },
      remove: () => {
        const gap = gapOf(now(), of);
        const name = nameOf(now(), of);
        if (gap === null || !remove({ type: "remove", part: of.part, key: of.key }, t("canvas.removed", { name })))
          return;
        goTo("");
      },
    };
  }, [of, anchor, ui, goTo, edit, remove, now, t]);
}

function nameOf(map: ReturnType<ReturnType<typeof useActions>["now"]>, { part, key }: Movable): string {
  const all: { key: string; name: string }[] =
    part === "lane" ? map.lanes : part === "stage" ? map.stages : map.stages.flatMap((s) => s.touchpoints);
  return all.find((one) => one.key === key)?.name ?? key;
}
