import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import styles from "../people.module.css";
import { consentsQuery } from "../queries.ts";
import { Part } from "./Part.tsx";

/** What a person agreed to and what not, the newest word first. */
export function Consents({ person }: { person: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error } = useQuery(consentsQuery(person));
  return (
    <Part name={t("people.consents")}>
      <ProblemNote error={error} />
      {data?.length === 0 && <p>{t("people.no_consents")}</p>}
      <ul className={styles.plain}>
        {data?.map((one) => (
          <li key={one.id} data-tip={[one.proof, one.source, formats.moment(one.at)].filter(Boolean).join("\n")}>
            <span>{[one.purpose, one.channel].filter(Boolean).join(", ")}</span>
            <b data-state={one.state}>
              {t(`people.consent_${one.state}`)} <i>{agoNow(formats, one.at)}</i>
            </b>
          </li>
        ))}
      </ul>
    </Part>
  );
}
