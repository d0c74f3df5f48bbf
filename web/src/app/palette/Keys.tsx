import { CloseButton, Kbd, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./palette.module.css";
import type { KeyRow } from "./store.ts";

const EVERYWHERE: KeyRow[] = [
  [["Esc"], "keys.close"],
  [["Ctrl", "K"], "keys.commands"],
  [["?"], "keys.keys"],
];

interface Props {
  opened: boolean;
  /** The keys of what is on the screen. */
  rows: KeyRow[];
  onClose: () => void;
}

/** All keys of the page. */
export function Keys({ opened, rows, onClose }: Props) {
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
        <CloseButton aria-label={t("keys.shut")} onClick={onClose} />
      </div>
      <dl className={styles.keys}>
        {[...rows, ...EVERYWHERE].map(([keys, words]) => (
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
