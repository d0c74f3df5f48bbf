import { useFullscreenDocument } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/problem.ts";
import { useFormats } from "../../app/formats.ts";
import { NotFound } from "../../app/shell/NotFound.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Persons } from "../explore/Persons.tsx";
import { sayProblem } from "../../ui/say.tsx";
import { useMay, useMember } from "../session/queries.ts";
import { BoardBar } from "./bar/BoardBar.tsx";
import { BoardMenu } from "./bar/BoardMenu.tsx";
import { type Board, BoardContext } from "./context.ts";
import styles from "./boards.module.css";
import { AddTile } from "./make/AddTile.tsx";
import { boardQuery, type Dashboard, useChangeBoard } from "./queries.ts";
import { Tiles } from "./tiles/Tiles.tsx";
import type { Whole } from "./whole.ts";

/** One dashboard: answers side by side, of one period and one segment. */
export function DashboardPage() {
  const { number = "" } = useParams({ strict: false });
  const { data, error } = useQuery({ ...boardQuery(Number(number)), enabled: /^\d+$/.test(number) });
  const { t } = useTranslation();
  if (!/^\d+$/.test(number) || (error instanceof Problem && error.status === 404)) return <NotFound />;
  if (data !== undefined) return <Shown key={number} board={data} />;
  return (
    <Page title={t("boards.title")}>
      {error === null ? <Rows n={4} height={140} /> : <ProblemNote error={error} />}
    </Page>
  );
}

/** Who has made it changes it; and who may change maps. */
function useMayChange({ owner }: Dashboard): boolean {
  const comments = useMay("comment");
  const edits = useMay("edit_maps");
  const member = useMember();
  return edits || (comments && member?.name === owner);
}

function Shown({ board }: { board: Dashboard }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const whole: Whole = useSearch({ strict: false });
  const mayChange = useMayChange(board);
  const save = useChangeBoard(board.id);
  const [behind, open] = useState<Board["behind"]>(null);
  const [adding, setAdding] = useState(false);
  const { toggle, fullscreen } = useFullscreenDocument();
  const { mutate } = save;
  const shown = useMemo<Board>(
    () => ({
      board,
      whole,
      formats,
      mayChange: mayChange && !fullscreen,
      behind,
      open,
      change: (change) => mutate(change, { onError: sayProblem }),
    }),
    [board, whole, formats, mayChange, fullscreen, behind, mutate],
  );
  return (
    <BoardContext value={shown}>
      <div data-wall={fullscreen || undefined}>
        <Page
          title={board.name}
          wide
          {...(board.description === "" ? {} : { lead: board.description })}
          actions={
            <BoardMenu add={() => setAdding(true)} toggle={() => void toggle()} isFull={fullscreen} />
          }
        >
          {!fullscreen && (
            <BoardBar
              whole={whole}
              change={(said) =>
                void navigate({
                  to: "/dashboards/$number",
                  params: { number: String(board.id) },
                  search: JSON.parse(JSON.stringify({ ...whole, ...said })) as Whole,
                  replace: true,
                })
              }
            />
          )}
          <Tiles add={() => setAdding(true)} />
        </Page>
      </div>
      <AddTile opened={adding} close={() => setAdding(false)} />
      <Persons behind={behind} close={() => open(null)} />
      <span aria-live="polite" className={styles.unseen}>
        {save.isPending ? t("boards.saving") : ""}
      </span>
    </BoardContext>
  );
}
