import { UnstyledButton } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { Link, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Bell } from "../../features/boards/alerts/Bell.tsx";
import { Mark } from "./Mark.tsx";
import { placeOf } from "./places.ts";
import styles from "./shell.module.css";
import { usePlaces } from "./use_places.ts";

/** The one navigation: places with an icon and a word. */
export function Rail() {
  const { t } = useTranslation();
  const places = usePlaces();
  const here = useRouterState({ select: ({ location }) => placeOf(location.pathname) });
  return (
    <nav className={styles.rail} aria-label={t("shell.places")}>
      <Link to="/" className={styles.home ?? ""} aria-label={t("shell.home")}>
        <Mark />
      </Link>
      <ul className={styles.places}>
        {places.filter((place) => !place.aside).map(({ name, to, icon: Icon }) => (
          <li key={name}>
            <Link
              to={to}
              className={styles.place ?? ""}
              {...(here === name && { "aria-current": "page" })}
              activeProps={{ "aria-current": "page" }}
            >
              <Icon size={20} stroke={1.6} aria-hidden />
              <span>{t(`shell.${name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Bell />
      <UnstyledButton
        className={styles.search ?? ""}
        onClick={spotlight.open}
        aria-label={t("palette.open")}
        data-tip={t("palette.open")}
      >
        <IconSearch size={18} stroke={1.6} aria-hidden />
      </UnstyledButton>
    </nav>
  );
}
