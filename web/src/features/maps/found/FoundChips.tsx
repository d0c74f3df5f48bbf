import { useTranslation } from "react-i18next";
import { useFound } from "../state/found_context.ts";
import styles from "./found.module.css";
import { FoundIcon, FoundLink } from "./FoundLink.tsx";

/** What was found of a touchpoint, on a narrow screen: each a small door. */
export function FoundChips({ touchpoint }: { touchpoint: string }) {
  const { t } = useTranslation();
  const found = useFound().findings.get(touchpoint);
  if (found === undefined) return null;
  return (
    <ul className={styles.chips} aria-label={t("findings.lane")}>
      {found.map((one) => (
        <li key={one.key}>
          <FoundLink finding={one} className={styles.chip}>
            <FoundIcon finding={one} />
            <b>{one.name}</b> <span className="num">{one.small}</span>
          </FoundLink>
        </li>
      ))}
    </ul>
  );
}
