import { Kbd, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./commands.module.css";

const KEYS: [string[], string][] = [
  [["←", "→"], "keys.touchpoints"],
  [["↑", "↓"], "keys.lanes"],
  [["Enter"], "keys.open"],
  [["Esc"], "keys.close"],
  [["Home", "End"], "keys.ends"],
  [["/"], "keys.filter"],
  [["Ctrl", "K"], "keys.commands"],
  [["?"], "keys.keys"],
];

/** All keys of the page. */
export function Keys({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("keys.title")}
      centered
      size="sm"
      closeButtonProps={{ "aria-label": t("panel.close") }}
      transitionProps={{ duration: 120 }}
      classNames={{ content: styles.palette ?? "", header: styles.palette ?? "", title: styles.title ?? "" }}
    >
      <dl className={styles.keys}>
        {KEYS.map(([keys, words]) => (
          <div key={words}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
