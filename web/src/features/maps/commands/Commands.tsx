import { VIEWS } from "@desireline/map-core";
import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionGroupData, spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./commands.module.css";
import { Keys } from "./Keys.tsx";

/** The command palette (Ctrl-K) and the page of keys (`?`). */
export function Commands() {
  const { columns, change, open } = useMap();
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const [keys, setKeys] = useState(false);
  useEffect(() => {
    const ask = (event: KeyboardEvent): void => {
      if (event.key === "?" && !(event.target instanceof HTMLInputElement)) setKeys(true);
    };
    document.addEventListener("keydown", ask);
    return () => document.removeEventListener("keydown", ask);
  }, []);
  const other = scheme === "dark" ? "light" : "dark";
  const groups: SpotlightActionGroupData[] = [
    {
      group: t("commands.views"),
      actions: VIEWS.map((name) => ({
        id: `view-${name}`,
        label: t(`commands.view_${name}`),
        onClick: () => change({ view: name }),
      })),
    },
    {
      group: t("commands.page"),
      actions: [
        { id: "scheme", label: t(`scheme.${other}`), onClick: () => setColorScheme(other) },
        { id: "keys", label: t("keys.title"), onClick: () => setKeys(true) },
      ],
    },
    {
      group: t("commands.touchpoints"),
      actions: columns.map((c) => ({
        id: `touchpoint-${c.key}`,
        label: c.name,
        description: c.stageName,
        onClick: () => open(c.key),
      })),
    },
  ];
  return (
    <>
      <Spotlight
        actions={groups}
        attributes={{ content: { "aria-label": t("commands.name") } }}
        overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
        shortcut="mod+K"
        nothingFound={t("commands.none")}
        highlightQuery={false}
        limit={30}
        scrollable
        maxHeight={420}
        transitionProps={{ duration: 120 }}
        searchProps={{
          leftSection: <IconSearch size={16} aria-hidden />,
          placeholder: t("commands.placeholder"),
          "aria-label": t("commands.placeholder"),
        }}
        classNames={{
          content: styles.palette ?? "",
          action: styles.action ?? "",
          actionDescription: styles.description ?? "",
        }}
      />
      <Keys opened={keys} onClose={() => setKeys(false)} />
    </>
  );
}

export { spotlight };
