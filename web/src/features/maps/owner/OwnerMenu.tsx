import { Menu, UnstyledButton } from "@mantine/core";
import { IconUser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { initials, tintOf } from "../../../ui/person_look.ts";
import styles from "./owner.module.css";
import { useOwner } from "./use_owner.ts";

interface Props {
  mapKey: string;
  /** With the name beside the sign. */
  named?: boolean;
}

/** Who answers for a map; for those who edit maps, a menu of who else could. Nothing without a team. */
export function OwnerMenu({ mapKey, named = false }: Props) {
  const { t } = useTranslation();
  const { owner, known, members, may, give } = useOwner(mapKey);
  if (!known || members.length === 0) return null;
  const words = owner === null ? t("maps.unowned") : t("maps.owned_by", { name: owner.name });
  const sign = (
    <>
      <Sign name={owner?.name ?? null} />
      {named && <span className={styles.name}>{owner?.name ?? t("maps.unowned")}</span>}
    </>
  );
  const look = { className: styles.owner ?? "", "data-tip": words, "data-owner": owner?.id ?? "" };
  if (!may)
    return (
      <span {...look} role="img" aria-label={words}>
        {sign}
      </span>
    );
  return (
    <Menu
      position="bottom-end"
      width={220}
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UnstyledButton {...look} aria-label={t("maps.change_owner", { words })}>
          {sign}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        {members.map(({ id, name }) => (
          <Menu.Item
            key={id}
            leftSection={<Sign name={name} />}
            data-mine={id === owner?.id || undefined}
            className={styles.choice ?? ""}
            onClick={() => give(id)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<Sign name={null} />} onClick={() => give(null)}>
          {t("maps.unowned")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Sign({ name }: { name: string | null }) {
  return (
    <span
      className={styles.sign}
      aria-hidden
      data-nobody={name === null || undefined}
      data-initials={name === null ? undefined : initials(name)}
      style={name === null ? undefined : { background: tintOf(name) }}
    >
      {name === null && <IconUser size={13} stroke={1.6} />}
    </span>
  );
}
