import { Drawer, UnstyledButton } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { speaking } from "../../../app/spoken/rooms.ts";
import { useUnseen } from "../queries.ts";
import styles from "./alerts.module.css";

const loadList = speaking(["boards", "explore"], () => import("./AlertList.tsx"));
const AlertList = lazy(async () => ({ default: (await loadList()).AlertList }));

/** The bell of the rail: how many alerts nobody has seen, and all of them at the right. */
export function Bell() {
  const { t } = useTranslation();
  const unseen = useUnseen();
  const path = useRouterState({ select: (state) => state.location.href });
  // Whoever goes through a door of it leaves it.
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  const name = unseen === 0 ? t("shell.alerts") : t("shell.alerts_unseen", { count: unseen });
  return (
    <>
      <UnstyledButton className={styles.bell ?? ""} onClick={() => setOpenedAt(path)} aria-label={name} data-tip={name}>
        <IconBell size={18} stroke={1.6} aria-hidden />
        {unseen > 0 && (
          <span className={`${styles.badge} num`} aria-hidden>
            {unseen > 99 ? "99+" : unseen}
          </span>
        )}
      </UnstyledButton>
      <Drawer
        opened={openedAt === path}
        onClose={() => setOpenedAt(null)}
        position="right"
        size={400}
        title={t("shell.alerts")}
        closeButtonProps={{ "aria-label": t("say.close") }}
        transitionProps={{ duration: 120 }}
      >
        <Suspense>
          <AlertList />
        </Suspense>
      </Drawer>
    </>
  );
}
