import { useTranslation } from "react-i18next";
import { Section } from "../panel/Section.tsx";
import { useFound } from "../state/found_context.ts";
import styles from "./found.module.css";
import { FoundIcon, FoundLink } from "./FoundLink.tsx";

/** The part of the panel that says what was found of its touchpoint, in sentences. */
export function FoundPart({ touchpoint }: { touchpoint: string }) {
  const { t } = useTranslation();
  const found = useFound().findings.get(touchpoint);
  if (found === undefined) return null;
  return (
    <Section name={t("findings.lane")} door="found">
      <ul className={styles.part}>
        {found.map((one) => (
          <li key={one.key}>
            <FoundLink finding={one} className={styles.door}>
              <FoundIcon finding={one} />
              <b>{one.name}</b>
            </FoundLink>
            <p className="num">{one.sentence}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
