import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Discussion } from "../discussion/Discussion.tsx";
import { useOpen } from "../discussion/OpenCount.tsx";
import type { Place } from "../discussion/queries.ts";
import { useEditor } from "../draft/use_draft.ts";
import { partOf } from "../discussion/speaking.ts";
import styles from "./panel.module.css";

export interface PanelTab {
  key: string;
  label: string;
  children: ReactNode;
}

interface Props {
  tabs: PanelTab[];
  /** What the discussion is about. */
  place: Place;
  name: string;
  /** What else is said, below the discussion. */
  beside?: ReactNode;
}

let last = "";

/** The sides of what is chosen, and what is said about it. The side stays when one goes on. */
export function PanelTabs({ tabs, place, name, beside }: Props) {
  const { t } = useTranslation();
  const { key } = useEditor();
  const open = useOpen(key, true).get(partOf(place)) ?? 0;
  const keys = [...tabs.map((tab) => tab.key), "talk"];
  return (
    <Tabs
      defaultValue={keys.includes(last) ? last : keys[0]!}
      keepMounted={false}
      onChange={(picked) => {
        last = picked ?? "";
      }}
      classNames={{ list: styles.tabs ?? "", tab: styles.tab ?? "", panel: styles.sheet ?? "" }}
    >
      <Tabs.List aria-label={t("fields.sides")}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.key} value={tab.key}>
            {tab.label}
          </Tabs.Tab>
        ))}
        <Tabs.Tab value="talk">
          {t("talk.title")}
          {open > 0 && place.lane === "" && <span className={`${styles.badge} num`}>{open}</span>}
        </Tabs.Tab>
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.key} value={tab.key}>
          {tab.children}
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="talk">
        <Discussion map={key} place={place} name={name} />
        {beside}
      </Tabs.Panel>
    </Tabs>
  );
}
