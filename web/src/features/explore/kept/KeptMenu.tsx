import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { sayProblem, sayUndo } from "../../../ui/say.tsx";
import styles from "../explore.module.css";
import { KeepButton } from "./KeepButton.tsx";
import { keptQuery, useKeep, useLetGo } from "./queries.ts";
import { viewOfKept } from "./view_of.ts";

type Question = Shapes["NewQuestion"]["query"];

/** Questions that are kept, to be asked again; and a name for the one that is asked now. */
export function KeptMenu({ question }: { question: Question | null }) {
  return (
    <>
      <KeptList />
      {question !== null && <KeepButton question={question} />}
    </>
  );
}

function KeptList() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useQuery(keptQuery);
  const letGo = useLetGo();
  const keep = useKeep();
  const questions = data?.questions ?? [];
  if (questions.length === 0) return null;
  const forget = (one: Shapes["KeptQuestion"]): void =>
    letGo.mutate(one.id, {
      onSuccess: () =>
        sayUndo(t("explore.let_go", { name: one.name }), () =>
          keep.mutate({ name: one.name, description: one.description, query: one.query }),
        ),
      onError: sayProblem,
    });
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button variant="default" size="compact-sm">
          {t("explore.kept", { count: questions.length })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {questions.map((one) => (
          <div key={one.id} className={styles.kept}>
            <Menu.Item
              onClick={() => {
                const found = viewOfKept(one.query);
                void navigate({
                  to: "/explore/$analysis",
                  params: { analysis: found.analysis },
                  search: found.view,
                });
              }}
            >
              {one.name}
            </Menu.Item>
            <ActionIcon
              variant="subtle"
              color="var(--dl-ink-soft)"
              aria-label={t("explore.forget", { name: one.name })}
              onClick={() => forget(one)}
            >
              <IconTrash size={15} stroke={1.6} aria-hidden />
            </ActionIcon>
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
