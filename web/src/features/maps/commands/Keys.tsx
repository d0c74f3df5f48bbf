import { CloseButton, Kbd, Modal } from "@mantine/core";
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
      withCloseButton={false}
      attributes={{ content: { "aria-label": t("keys.title") } }}
      centered
      overlayProps={{ backgroundOpacity: 0.3 }}
      size="sm"
      transitionProps={{ duration: 120 }}
      classNames={{ content: styles.palette ?? "" }}
    >
      <div className={styles.title}>
        <h2>{t("keys.title")}</h2>
        <CloseButton aria-label={t("panel.close")} onClick={onClose} />
      </div>
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
