import { IconCheck, IconCloudOff, IconLoader2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useDraft } from "../draft/use_draft.ts";
import styles from "./bar.module.css";

const ICONS = { saved: IconCheck, saving: IconLoader2, offline: IconCloudOff, stopped: IconCloudOff };

/** Whether what was done here has arrived. */
export function SavedNote() {
  const { t } = useTranslation();
  const { saved } = useDraft();
  const Icon = ICONS[saved];
  return (
    <span className={styles.saved} data-saved={saved} data-tip={t(`draft.${saved}_means`)} role="status">
      <Icon size={14} stroke={1.8} aria-hidden />
      {t(`draft.${saved}`)}
    </span>
  );
}
