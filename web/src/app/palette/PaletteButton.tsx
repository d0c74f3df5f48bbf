import { ActionIcon } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconCommand } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function PaletteButton() {
  const { t } = useTranslation();
  return (
    <ActionIcon
      variant="subtle"
      color="var(--dl-ink-soft)"
      aria-label={t("palette.open")}
      data-tip={t("palette.open")}
      onClick={spotlight.open}
    >
      <IconCommand size={17} stroke={1.6} />
    </ActionIcon>
  );
}
