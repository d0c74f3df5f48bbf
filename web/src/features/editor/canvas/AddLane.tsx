import { LANE_KINDS } from "@desireline/map-core";
import { Button, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../draft/use_draft.ts";
import styles from "./canvas.module.css";
import { besideOf, useCanvas, useUi } from "./canvas_ui.ts";
import { MenuAt } from "./Floating.tsx";
import { LANE_ICONS } from "./lane_look.ts";
import { newLane } from "./making.ts";

const GROUPS = ["customer", "experience", "figures", "company"] as const;

/** Adds a lane below the others, of a kind that one chooses. */
export function AddLane() {
  const { t } = useTranslation();
  const { ui, may } = useCanvas();
  if (!may) return null;
  return (
    <Button
      className={styles.addLane ?? ""}
      variant="subtle"
      size="compact-sm"
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={(event) => ui.set({ lanes: besideOf(event.currentTarget) })}
    >
      {t("canvas.add_lane")}
    </Button>
  );
}

/** Every kind of lane, by whose side it shows. */
export function LaneKinds() {
  const { t } = useTranslation();
  const { ui, goTo } = useCanvas();
  const { edit, now } = useActions();
  const anchor = useUi((state) => state.lanes);
  if (anchor === null) return null;
  const add = (kind: string): void => {
    const [change, key] = newLane(now(), kind, t(`cells.kind_${kind}`));
    if (edit(change)) goTo(`lane-${key}:`);
  };
  return (
    <MenuAt anchor={anchor} label={t("canvas.add_lane")} onClose={() => ui.set({ lanes: null })}>
      {GROUPS.map((group) => (
        <div key={group}>
          <Menu.Label>{t(`lane_group.${group}`)}</Menu.Label>
          {Object.entries(LANE_KINDS)
            .filter(([, form]) => form.group === group)
            .map(([kind]) => {
              const Icon = LANE_ICONS[kind]!;
              return (
                <Menu.Item
                  key={kind}
                  leftSection={<Icon size={15} stroke={1.6} aria-hidden />}
                  onClick={() => add(kind)}
                >
                  {t(`cells.kind_${kind}`)}
                </Menu.Item>
              );
            })}
        </div>
      ))}
    </MenuAt>
  );
}
