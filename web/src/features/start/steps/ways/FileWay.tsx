import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../../ui/ProblemNote.tsx";
import { Rows } from "../../../../ui/Rows.tsx";
import { Drop } from "../../../data/Drop.tsx";
import { ImportBody } from "../../../data/ImportBody.tsx";
import { importQuery } from "../../../data/queries.ts";
import type { Stepping } from "../stepping.ts";

/** A file of one's own: sent, looked at, imported, without leaving the step. */
export function FileWay({ keeping: { plan, change } }: Stepping) {
  const { t } = useTranslation();
  const number = plan.import_number ?? null;
  const { data: one, error } = useQuery({ ...importQuery(number ?? 0), enabled: number !== null });
  if (number === null) return <Drop taken={(id) => change({ import_number: id }, true)} />;
  return (
    <>
      <ProblemNote error={error} />
      {one === undefined && error === null && <Rows n={3} />}
      {one !== undefined && (
        <>
          <h3>{one.name === "" ? t("data.nameless", { id: one.id }) : one.name}</h3>
          <ImportBody one={one} />
        </>
      )}
      <div>
        <Button variant="default" onClick={() => change({ import_number: null }, true)}>
          {t("start.other_file")}
        </Button>
      </div>
    </>
  );
}
