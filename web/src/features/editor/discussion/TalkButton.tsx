import type { JourneyMap } from "@desireline/map-core";
import { ActionIcon, CloseButton, Drawer } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Discussion } from "./Discussion.tsx";
import styles from "./discussion.module.css";
import { OpenElsewhere, SaidOfGone } from "./Elsewhere.tsx";
import { useOpen } from "./OpenCount.tsx";
import { WHOLE_MAP } from "./queries.ts";

/** How much is open on a map, and at the right what is said of it: as a whole, and of its parts. */
export function TalkButton({ map }: { map: JourneyMap }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const open = [...useOpen(map.key, true).values()].reduce((sum, n) => sum + n, 0);
  const name = open === 0 ? t("talk.title") : `${t("talk.title")}: ${t("talk.open", { count: open })}`;
  const title = t("talk.of_map", { name: map.name });
  const close = (): void => setOpened(false);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="var(--dl-ink-soft)"
        className={styles.talk ?? ""}
        aria-label={name}
        aria-haspopup="dialog"
        data-tip={name}
        onClick={() => setOpened(true)}
      >
        <IconMessage size={18} stroke={1.6} aria-hidden />
        {open > 0 && (
          <span className={`${styles.badge} num`} aria-hidden>
            {open > 99 ? "99+" : open}
          </span>
        )}
      </ActionIcon>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size={420}
        withCloseButton={false}
        attributes={{ content: { "aria-label": title } }}
        transitionProps={{ duration: 120 }}
      >
        {/* Mantine's own head is a second banner beside that of the map. */}
        <div className={styles.talkHead}>
          <h2>{title}</h2>
          <CloseButton aria-label={t("say.close")} onClick={close} />
        </div>
        <Discussion map={map.key} place={WHOLE_MAP} name={map.name} />
        <OpenElsewhere map={map} />
        <SaidOfGone map={map} />
      </Drawer>
    </>
  );
}
