import { IconArrowsMove, IconMinus, IconPencil, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { What } from "./aligned.ts";
import styles from "./versions.module.css";

const SIGNS = { added: IconPlus, removed: IconMinus, changed: IconPencil, moved: IconArrowsMove };

/** What became of a part, as a sign of its own shape, with its word for those who cannot see it. */
export function Sign({ what }: { what: What }) {
  const { t } = useTranslation();
  const Icon = SIGNS[what];
  return (
    <span className={styles.sign} data-what={what} role="img" aria-label={t(`versions.${what}`)}>
      <Icon size={14} stroke={2} aria-hidden />
    </span>
  );
}
