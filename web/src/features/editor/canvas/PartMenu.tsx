import type { JourneyMap } from "@desireline/map-core";
import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useActions } from "../draft/use_draft.ts";
import { type Anchor, useCanvas, useUi } from "./canvas_ui.ts";
import { standingOf } from "./columns.ts";
import { MenuAt } from "./Floating.tsx";
import type { Movable } from "./moves.ts";
import { usePartActs } from "./use_part_acts.ts";

/** What can be done with a stage, a touchpoint or a lane. */
export function PartMenu() {
  const { t } = useTranslation();
  const { ui } = useCanvas();
  const menu = useUi((state) => state.menu);
  const { now } = useActions();
  if (menu === null) return null;
  const close = (): void => ui.set({ menu: null });
  return (
    <MenuAt anchor={menu.anchor} label={t("canvas.menu")} onClose={close}>
      <Items map={now()} of={menu.of} anchor={menu.anchor} />
    </MenuAt>
  );
}

function Items({ map, of, anchor }: { map: JourneyMap; of: Movable; anchor: Anchor }) {
  const { t } = useTranslation();
  const acts = usePartActs(of, anchor);
  const [before, after] = neighbours(map, of);
  return (
    <>
      <Menu.Item rightSection="F2" onClick={acts.rename}>
        {t("canvas.rename")}
      </Menu.Item>
      {of.part !== "lane" && (
        <>
          <Menu.Item rightSection={of.part === "touchpoint" ? "N" : undefined} onClick={acts.addTouchpoint}>
            {t(of.part === "stage" ? "canvas.add_in_stage" : "canvas.add_after")}
          </Menu.Item>
          <Menu.Item rightSection="Shift N" onClick={acts.addStage}>
            {t("canvas.add_stage_after")}
          </Menu.Item>
        </>
      )}
      {of.part === "touchpoint" && (
        <>
          <Menu.Divider />
          <Menu.Item onClick={acts.split}>{t("canvas.split")}</Menu.Item>
          <Menu.Item onClick={acts.splitStage}>{t("canvas.split_stage")}</Menu.Item>
        </>
      )}
      {of.part !== "lane" &&
        [before, after].map(
          (other) =>
            other !== null && (
              <Menu.Item key={other.key} onClick={() => acts.merge(other.key)}>
                {t("canvas.merge", { name: other.name })}
              </Menu.Item>
            ),
        )}
      <Menu.Divider />
      <Menu.Item onClick={() => acts.nudge(-1)}>{t("canvas.earlier")}</Menu.Item>
      <Menu.Item onClick={() => acts.nudge(1)}>{t("canvas.later")}</Menu.Item>
      <Menu.Item rightSection="Ctrl C" onClick={acts.copy}>
        {t("canvas.copy")}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item color="var(--dl-harm)" rightSection="Del" onClick={acts.remove}>
        {t("canvas.remove")}
      </Menu.Item>
    </>
  );
}

interface Named {
  key: string;
  name: string;
}

/** The part before and the one after, over the borders of stages. */
function neighbours(map: JourneyMap, { part, key }: Movable): [Named | null, Named | null] {
  const all: Named[] = part === "stage" ? map.stages : map.stages.flatMap((s) => s.touchpoints);
  const at = all.findIndex((one) => one.key === key);
  if (part === "touchpoint" && standingOf(map, key) === null) return [null, null];
  return [all[at - 1] ?? null, all[at + 1] ?? null];
}
