import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Keys } from "./Keys.tsx";
import styles from "./palette.module.css";
import { useOffers } from "./store.ts";

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLElement && target.isContentEditable);

/** The command palette (Ctrl-K) and the page of keys (`?`), with what is offered on the screen. */
export function Palette() {
  const offers = useOffers();
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const [keys, setKeys] = useState(false);
  useEffect(() => {
    const ask = (event: KeyboardEvent): void => {
      if (event.key === "?" && !typing(event.target)) setKeys(true);
    };
    document.addEventListener("keydown", ask);
    return () => document.removeEventListener("keydown", ask);
  }, []);
  const other = scheme === "dark" ? "light" : "dark";
  const own: SpotlightActionGroupData = {
    group: t("palette.page"),
    actions: [
      { id: "scheme", label: t(`scheme.${other}`), onClick: () => setColorScheme(other) },
      { id: "keys", label: t("keys.title"), onClick: () => setKeys(true) },
    ],
  };
  return (
    <>
      <Spotlight
        actions={[...offers.flatMap((offer) => offer.groups), own]}
        attributes={{ content: { "aria-label": t("palette.name") } }}
        overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
        shortcut="mod+K"
        tagsToIgnore={[]}
        nothingFound={t("palette.none")}
        highlightQuery={false}
        limit={30}
        scrollable
        maxHeight={420}
        transitionProps={{ duration: 120 }}
        searchProps={{
          leftSection: <IconSearch size={16} aria-hidden />,
          placeholder: t("palette.placeholder"),
          "aria-label": t("palette.placeholder"),
        }}
        classNames={{
          content: styles.palette ?? "",
          action: styles.action ?? "",
          actionDescription: styles.description ?? "",
        }}
      />
      <Keys opened={keys} rows={offers.flatMap((offer) => offer.keys)} onClose={() => setKeys(false)} />
    </>
  );
}
