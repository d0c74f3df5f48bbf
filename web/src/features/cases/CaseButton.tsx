import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../session/queries.ts";

/** From a person to her way as a case study, for those who draw maps. */
export function CaseButton({ person }: { person: string }) {
  const { t } = useTranslation();
  const may = useMay("edit_maps");
  if (!may) return null;
  return (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/cases/new" search={{ person }} {...props} />}
    >
      {t("cases.open")}
    </Button>
  );
}
