import { freshKey } from "@desireline/map-core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../../ui/Page.tsx";
import { EMPTY } from "./document.ts";
import { PersonaForm } from "./form/PersonaForm.tsx";
import { personasQuery, putPersona } from "./queries.ts";

/** A type of customer is described for the first time. */
export function NewPersonaPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data } = useQuery(personasQuery);
  const taken = [...(data ?? []).map((one) => one.key), "new", "figures", "persons"];
  return (
    <Page title={t("personas.new")} lead={t("personas.new_lead")}>
      <PersonaForm
        begin={EMPTY}
        keep={(document) => putPersona(freshKey(document.name, taken), document)}
        kept={async (persona) => {
          await client.invalidateQueries({ queryKey: ["personas"] });
          await navigate({ to: "/personas/$key", params: { key: persona.key }, search: {} });
        }}
        leave={() => void navigate({ to: "/personas", search: {} })}
      />
    </Page>
  );
}
