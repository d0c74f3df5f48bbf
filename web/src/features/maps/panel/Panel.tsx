import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLook, useMap } from "../state/map_context.ts";
import styles from "./panel.module.css";
import { TouchpointPanel } from "./TouchpointPanel.tsx";

const OVER = "(max-width: 900px)";

/** The panel of the open touchpoint: beside the map, or over it where there is no room. */
export function Panel() {
  const { column, close } = useMap();
  const { view } = useLook();
  const { t } = useTranslation();
  const over = useMediaQuery(OVER, window.matchMedia(OVER).matches);
  const open = view.open === null ? undefined : column.get(view.open);
  useEffect(() => {
    if (open === undefined || over) return undefined;
    const escape = (event: KeyboardEvent): void => {
      if (
        event.key === "Escape" &&
        !event.defaultPrevented &&
        !document.querySelector("[role=dialog]")
      )
        close();
    };
    document.addEventListener("keydown", escape);
    return () => document.removeEventListener("keydown", escape);
  }, [open, over, close]);
  if (over) {
    return (
      <Drawer
        opened={open !== undefined}
        onClose={close}
        position="right"
        size="100%"
        withCloseButton={false}
        returnFocus={false}
        padding={0}
        transitionProps={{ duration: 120 }}
        attributes={{ content: { "aria-label": t("panel.label", { name: open?.name ?? "" }) } }}
      >
        {open && <TouchpointPanel key={open.key} column={open} />}
      </Drawer>
    );
  }
  if (open === undefined) return null;
  return (
    <aside className={styles.panel} aria-label={t("panel.label", { name: open.name })}>
      <TouchpointPanel key={open.key} column={open} />
    </aside>
  );
}
