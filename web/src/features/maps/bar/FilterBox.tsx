import { CloseButton, Input } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLook, useMap } from "../state/map_context.ts";
import styles from "./bar.module.css";

/** Narrows the map to the touchpoints that hold the words; `/` comes here. */
export function FilterBox() {
  const { change, columns, formats } = useMap();
  const { view, shown } = useLook();
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => box.current?.focus()]]);
  const found = t("filter.found", {
    shown: formats.count(shown.length),
    all: formats.count(columns.length),
  });
  return (
    <div className={styles.filter} role="search">
      <Input
        ref={box}
        size="xs"
        value={view.filter}
        placeholder={t("filter.placeholder")}
        aria-label={t("filter.label")}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSectionPointerEvents="all"
        rightSection={
          view.filter === "" ? null : (
            <CloseButton
              size="xs"
              aria-label={t("filter.clear")}
              onClick={() => change({ filter: "" })}
            />
          )
        }
        onChange={(event) => change({ filter: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          change({ filter: "" });
          box.current?.blur();
        }}
      />
      <span role="status" className={styles.found}>
        {view.filter === "" ? "" : found}
      </span>
    </div>
  );
}
