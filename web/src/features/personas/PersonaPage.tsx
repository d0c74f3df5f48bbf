import { Button, Menu, Skeleton } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "../../api/problem.ts";
import { speaking } from "../../app/spoken/rooms.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Page } from "../../ui/Page.tsx";
import { sayProblem, sayUndo } from "../../ui/say.tsx";
import type { Behind } from "../explore/asking.ts";
import { Persons } from "../explore/Persons.tsx";
import { useMay } from "../session/queries.ts";
import { documentOf } from "./document.ts";
import { Poster } from "./Poster.tsx";
import { dropPersona, type Persona, personaQuery, putPersona } from "./queries.ts";

const loadForm = speaking(["editor", "personas"], () => import("./form/PersonaForm.tsx"));
const PersonaForm = lazy(async () => ({ default: (await loadForm()).PersonaForm }));
const route = getRouteApi("/shell/personas/$key");

/** One persona: what is told of it, and whom it describes. */
export function PersonaPage() {
  const { t } = useTranslation();
  const { key } = route.useParams();
  const { edit } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const { data: persona, error } = useQuery(personaQuery(key));
  const [behind, open] = useState<Behind | null>(null);
  if (error !== null)
    return (
      <main>
        <Empty page title={t("personas.unknown")} text={inWords(error)}>
          <Link to="/personas" search={{}}>
            {t("personas.all")}
          </Link>
        </Empty>
      </main>
    );
  const grey = <Skeleton height={420} radius={6} />;
  if (persona === undefined) return <Page title={t("personas.one")}>{grey}</Page>;
  const back = (): void => void navigate({ search: {} });
  if (edit === true)
    return (
      <Page title={t("personas.editing", { name: persona.name })}>
        <Suspense fallback={grey}>
          <PersonaForm
            key={persona.revision}
            begin={documentOf(persona)}
            keep={(document) => putPersona(key, document, persona.revision)}
            kept={async () => {
              await client.invalidateQueries({ queryKey: ["personas"] });
              back();
            }}
            leave={back}
          />
        </Suspense>
      </Page>
    );
  return (
    <Page title={persona.name} actions={<Actions persona={persona} />}>
      <Poster persona={persona} open={open} />
      <Persons behind={behind} close={() => open(null)} />
    </Page>
  );
}

function Actions({ persona }: { persona: Persona }) {
  const { t } = useTranslation();
  const may = useMay("edit_maps");
  const navigate = useNavigate();
  const client = useQueryClient();
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ["personas"] });
  const drop = useMutation({
    mutationFn: () => dropPersona(persona.key),
    onSuccess: async () => {
      await navigate({ to: "/personas", search: {} });
      await again();
      sayUndo(t("personas.gone", { name: persona.name }), () => {
        void putPersona(persona.key, documentOf(persona)).then(again, sayProblem);
      });
    },
    onError: sayProblem,
  });
  if (!may) return null;
  const edit = { to: "/personas/$key", params: { key: persona.key }, search: { edit: true } } as const;
  return (
    <>
      <Button variant="default" renderRoot={(props) => <Link {...edit} {...props} />}>
        {t("personas.edit")}
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" aria-label={t("personas.more")} loading={drop.isPending}>
            <IconDots size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="var(--dl-harm)" onClick={() => drop.mutate()}>
            {t("personas.drop")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
