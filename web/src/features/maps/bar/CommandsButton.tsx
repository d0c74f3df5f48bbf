import { ActionIcon } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconCommand } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function CommandsButton() {
  const { t } = useTranslation();
  return (
    <ActionIcon
      variant="subtle"
      color="var(--dl-ink-soft)"
      aria-label={t("commands.open")}
      data-tip={t("commands.open")}
      onClick={spotlight.open}
    >
      <IconCommand size={17} stroke={1.6} />
    </ActionIcon>
  );
}
